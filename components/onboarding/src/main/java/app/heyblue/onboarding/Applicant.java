package app.heyblue.onboarding;

import app.heyblue.kernel.PartyKind;
import java.util.Map;

/**
 * A party for whom the operator vouches.
 *
 * @param password 8 to 200 characters
 * @param zip five digits
 * @param deviceId 1 to 100 visible ASCII characters
 * @param evidence as the contract has it for the kind; empty for civilians and admins
 */
public record Applicant(
    PartyKind kind,
    String email,
    String password,
    String displayName,
    String zip,
    String deviceId,
    Map<String, String> evidence) {
  public Applicant {
    evidence = Map.copyOf(evidence);
  }

  /** Nothing of it belongs in a log. */
  @Override
  public String toString() {
    return "Applicant[" + kind + "]";
  }
}
