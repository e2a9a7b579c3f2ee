package app.heyblue.onboarding.domain;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import java.util.Map;
import java.util.Objects;

/**
 * What an applicant filled in, but the password. Stored only sealed.
 *
 * @param zip five digits; of a ZIP+4 the first five are kept
 * @param language that the applicant is written to in; English for those stored without one
 */
public record Form(
    PartyKind kind,
    String email,
    String displayName,
    String zip,
    String deviceId,
    Map<String, String> evidence,
    Language language) {
  private static final int ZIP_DIGITS = 5;

  public Form {
    email = email.strip();
    displayName = displayName.strip();
    zip = zip.length() > ZIP_DIGITS ? zip.substring(0, ZIP_DIGITS) : zip;
    evidence = Map.copyOf(evidence);
    language = Objects.requireNonNullElse(language, Language.EN);
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
