package app.heyblue.onboarding.validators;

import app.heyblue.kernel.MailDomains;

/**
 * The domains of e-mail addresses, as DNS compares them. Look-alikes of other scripts stay apart:
 * in their ASCII form ({@code xn--…}) a human sees them too.
 */
final class EmailDomains {
  /** What stands for a domain that can't be one. */
  static final String NONE = "(no valid domain)";

  private EmailDomains() {}

  /** {@link MailDomains#ascii}, or {@link #NONE}. */
  static String asciiOf(String email) {
    return MailDomains.ascii(email).orElse(NONE);
  }

  /** Whether a domain is another or lies below it. */
  static boolean isWithin(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }
}
