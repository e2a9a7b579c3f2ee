package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import java.util.Map;

/** What an applicant filled in, but the password. Stored only sealed. */
public record Form(
    PartyKind kind,
    String email,
    String displayName,
    String zip,
    String deviceId,
    Map<String, String> evidence) {
  public Form {
    email = email.strip();
    displayName = displayName.strip();
    evidence = Map.copyOf(evidence);
  }

  /** What the validators see. */
  public Candidate candidate() {
    return new Candidate(kind, email, displayName, zip, evidence);
  }

  /** Nothing of it belongs in a log. */
  @Override
  public String toString() {
    return "Form[" + kind + "]";
  }
}
