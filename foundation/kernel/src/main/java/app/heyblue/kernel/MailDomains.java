package app.heyblue.kernel;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** The domains of e-mail addresses as DNS has them. */
public final class MailDomains {
  private MailDomains() {}

  /**
   * The ASCII form (RFC 5890) of the domain of an address, in lower case. Empty where it has none,
   * or where another form of IDNA would read it differently, as one with ß or full-width letters:
   * mail for it may go to somebody else.
   */
  public static Optional<String> ascii(String address) {
    String domain =
        Normalizer.normalize(address.substring(address.lastIndexOf('@') + 1), Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT);
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return !ascii.isEmpty() && (ascii.equals(domain) || IDN.toUnicode(ascii).equals(domain))
          ? Optional.of(ascii)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
