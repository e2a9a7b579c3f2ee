package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import java.util.Map;

/**
 * What an applicant filled in, but the password. Stored only sealed.
 *
 * @param zip five digits; of a ZIP+4 the first five are kept
 */
public record Form(
    PartyKind kind,
    String email,
    String displayName,
    String zip,
    String deviceId,
    Map<String, String> evidence) {
  private static final int ZIP_DIGITS = 5;

  public Form {
    email = email.strip();
    displayName = displayName.strip();
    zip = zip.length() > ZIP_DIGITS ? zip.substring(0, ZIP_DIGITS) : zip;
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
