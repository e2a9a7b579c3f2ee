package app.heyblue.onboarding.domain;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.MailDomains;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The forms of what people fill in; the resources' constraints use the same. */
public final class FormRules {
  /** Longest address that SMTP carries (RFC 5321, erratum 1690). */
  public static final int EMAIL_MAX = 254;

  /** Local part, {@code @}, two or more labels; nothing that a mail header could take apart. */
  public static final String EMAIL =
      "\\s*[^\\s\\p{C}@<>()\\[\\],;:\"\\\\]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?"
          + "(\\.[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?){1,30}\\s*";

  public static final String EMAIL_RULE = "an e-mail address like ann@example.org";

  private static final String DOMAIN_RULE =
      "The part after @ isn't read alike everywhere, so our mail might reach somebody else. Use an"
          + " address whose domain has only plain letters (no ß or full-width ones).";

  /**
   * In a character class: control characters, lone surrogates, what breaks lines, turns text round
   * or can't be seen. The joiners stay, which scripts and emoji need.
   */
  static final String HIDDEN =
      "\\p{Cc}\\p{Cs}\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF"
          + "\\uFFF9-\\uFFFB";

  /** Anything visible. */
  public static final String NAME = "(?s)(?=.*[\\p{L}\\p{N}\\p{S}\\p{P}])[^" + HIDDEN + "]{1,100}";

  public static final String NAME_RULE = "1 to 100 characters, none of them control characters";

  /** ZIP+4, as the IRS writes it, is taken too; the first five digits are kept. */
  public static final String ZIP = "[0-9]{5}(-[0-9]{4})?";

  public static final String ZIP_RULE = "five digits, or ZIP+4 like 20032-1501";
  public static final String DEVICE_ID = "[!-~]{1,100}";
  public static final String DEVICE_ID_RULE = "1 to 100 visible ASCII characters";

  /** Text of some lines. */
  public static final String NOTE = "[\\n\\r\\t[^\\p{Cc}\\p{Cs}]]*";

  public static final String NOTE_RULE = "no control characters but line breaks and tabs";

  private FormRules() {}

  /**
   * Checks a form that came past the resources.
   *
   * @throws ProblemException ({@code invalid-input}) naming every fault
   */
  public static void check(Form form) {
    List<InputError> errors = new ArrayList<>();
    require(
        errors,
        "/email",
        form.email().length() <= EMAIL_MAX && form.email().matches(EMAIL),
        EMAIL_RULE);
    require(errors, "/email", MailDomains.ascii(form.email()).isPresent(), DOMAIN_RULE);
    require(errors, "/displayName", form.displayName().matches(NAME), NAME_RULE);
    require(errors, "/zip", form.zip().matches(ZIP), ZIP_RULE);
    require(errors, "/deviceId", form.deviceId().matches(DEVICE_ID), DEVICE_ID_RULE);
    raise(errors);
  }

  /**
   * Checks that mail for an address goes where whoever typed it means.
   *
   * @throws ProblemException ({@code invalid-input}, pointer {@code /email})
   */
  public static void requireMailable(String email) {
    if (MailDomains.ascii(email.strip()).isEmpty()) {
      throw ProblemException.invalid("/email", DOMAIN_RULE);
    }
  }

  /** Raises {@code invalid-input} where there are errors. */
  public static void raise(List<InputError> errors) {
    if (!errors.isEmpty()) {
      throw new ProblemException(
          CommonProblems.INVALID_INPUT,
          errors.size() == 1
              ? errors.getFirst().pointer() + ": " + errors.getFirst().detail()
              : errors.size() + " values are not acceptable; see `errors`.",
          errors,
          Map.of(),
          null);
    }
  }

  private static void require(List<InputError> errors, String pointer, boolean holds, String rule) {
    if (!holds) {
      errors.add(new InputError(pointer, rule));
    }
  }
}
