package app.heyblue.security.tokens;

import java.util.Base64;

/**
 * The compact form of a signed JWT (RFC 7515, 7.1): three parts in base64url as RFC 4648 writes it,
 * so that a token has one spelling. Libraries overlook blanks, padding and stray bits.
 */
public final class CompactForm {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private CompactForm() {}

  public static boolean matches(String token) {
    String[] parts = token.split("\\.", 4);
    if (parts.length != 3) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty() || !isCanonical(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCanonical(String part) {
    try {
      return ENCODER.encodeToString(DECODER.decode(part)).equals(part);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
