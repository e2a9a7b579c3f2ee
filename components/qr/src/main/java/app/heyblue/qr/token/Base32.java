package app.heyblue.qr.token;

import java.util.Optional;

/**
 * Base32 in upper case without padding (RFC 4648, section 6): its letters belong to the
 * alphanumeric mode of QR codes, which packs two of them into 11 bits.
 */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  /** The number of letters that this many bytes take. */
  static int lengthOf(int bytes) {
    return (bytes * 8 + 4) / 5;
  }

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(lengthOf(bytes.length));
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | b & 0xff) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(buffer >> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(buffer << (5 - bits) & 31));
    }
    return text.toString();
  }

  /**
   * The bytes that {@link #encode} writes as exactly this text; empty for every other text, so that
   * no two texts stand for the same bytes.
   */
  static Optional<byte[]> decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        return Optional.empty();
      }
      buffer = (buffer << 5 | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[next++] = (byte) (buffer >> bits);
      }
    }
    return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
  }
}
