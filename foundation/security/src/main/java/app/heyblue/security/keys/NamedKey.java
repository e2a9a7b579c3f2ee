package app.heyblue.security.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A master key and the id that is derived from it, by which wrapped keys remember it.
 *
 * @param id 16 hexadecimal digits that tell nothing about the key
 */
record NamedKey(String id, SecretKey key) {
  private static final byte[] PURPOSE =
      "app.heyblue.master-key-id".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES = 8;

  static NamedKey of(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      byte[] digest = mac.doFinal(PURPOSE);
      return new NamedKey(
          HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES)),
          new SecretKeySpec(bytes, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "NamedKey[" + id + "]";
  }
}
