package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application that waits for a review, as admins see it: what the decision needs and no more.
 *
 * @param email null for a family, whom only the agency behind the case number can vouch for
 * @param zip five digits; of a family three
 * @param findings what each validator found, by its name
 * @param since when it came to review
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewItem(
    UUID id,
    PartyKind kind,
    String displayName,
    @Nullable String email,
    String zip,
    Map<String, String> evidence,
    List<Finding> findings,
    Instant submittedAt,
    Instant since) {
  /** Nothing of it belongs in a log. */
  @Override
  public String toString() {
    return "ReviewItem[" + id + "]";
  }
}
