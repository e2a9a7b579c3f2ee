package app.heyblue.security.audit;

import app.heyblue.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/** SHA-256 (FIPS 180-4) over canonical JSON (RFC 8785), and how one record's follows another's. */
final class AuditHash {
  /** The hash at position 0, before the first record: that of a fixed text. */
  static final String GENESIS = hex("app.heyblue.audit.v1".getBytes(StandardCharsets.US_ASCII));

  private AuditHash() {}

  /** The canonical bytes of a record, UTF-8. */
  static byte[] canonical(Object value) {
    try {
      return new JsonCanonicalizer(Json.mapper().writeValueAsString(value)).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash of a record that follows another: over that one's hash and the hash of its own. */
  static String next(String previous, AuditLine.Content content) {
    HexFormat hex = HexFormat.of();
    return hex(hex.parseHex(previous), hex.parseHex(hex(canonical(content))));
  }

  private static String hex(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
