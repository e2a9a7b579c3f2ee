package app.heyblue.onboarding.validators;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The domains of e-mail addresses, as DNS compares them. Look-alikes of other scripts stay apart:
 * in their ASCII form ({@code xn--…}) a human sees them too.
 */
final class EmailDomains {
  /** What stands for a domain that can't be one. */
  static final String NONE = "(no valid domain)";

  private EmailDomains() {}

  /**
   * The ASCII form of an address's domain, in lower case. A domain that another form of IDNA would
   * read differently (such as one with ß) is {@link #NONE}: mail for it may go elsewhere.
   */
  static String asciiOf(String email) {
    String domain =
        Normalizer.normalize(email.substring(email.lastIndexOf('@') + 1), Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT);
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return ascii.equals(domain) || IDN.toUnicode(ascii).equals(domain) ? ascii : NONE;
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  /** Whether a domain is another or lies below it. */
  static boolean isWithin(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }
}
