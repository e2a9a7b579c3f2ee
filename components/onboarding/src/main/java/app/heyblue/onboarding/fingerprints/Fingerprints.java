package app.heyblue.onboarding.fingerprints;

import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** HMAC-SHA-256 under a key of the house per purpose, 32 bytes. */
@ApplicationScoped
public class Fingerprints {
  private final HouseKeys keys;

  public Fingerprints(HouseKeys keys) {
    this.keys = keys;
  }

  /**
   * The fingerprint of some texts, in their order.
   *
   * @param purpose equal texts of two purposes have nothing in common
   * @param texts without NUL, which separates them
   */
  public byte[] of(String purpose, String... texts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.symmetric("onboarding." + purpose));
      return mac.doFinal(String.join("\0", texts).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
