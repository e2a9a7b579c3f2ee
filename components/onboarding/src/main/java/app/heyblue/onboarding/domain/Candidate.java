package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import java.util.Map;

/**
 * Who asks to join, as a validator sees it.
 *
 * @param email an address that the candidate has proved to read
 * @param zip five digits
 * @param evidence the kind's members, all present and well formed
 */
public record Candidate(
    PartyKind kind, String email, String displayName, String zip, Map<String, String> evidence) {
  public Candidate {
    evidence = Map.copyOf(evidence);
  }

  /** A member of the evidence that this kind has. */
  public String evidence(String member) {
    String value = evidence.get(member);
    if (value == null) {
      throw new IllegalArgumentException("a " + kind + " gives no " + member);
    }
    return value;
  }

  /** Nothing of it belongs in a log. */
  @Override
  public String toString() {
    return "Candidate[" + kind + "]";
  }
}
