package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An application that waits for a review, as admins see it.
 *
 * @param findings what the validators couldn't decide
 */
public record ReviewItem(
    UUID id,
    PartyKind kind,
    String displayName,
    String email,
    String zip,
    Map<String, String> evidence,
    List<String> findings,
    Instant submittedAt) {
  /** Nothing of it belongs in a log. */
  @Override
  public String toString() {
    return "ReviewItem[" + id + "]";
  }
}
