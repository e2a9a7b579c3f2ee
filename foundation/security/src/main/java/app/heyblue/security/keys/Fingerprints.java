package app.heyblue.security.keys;

import app.heyblue.security.EmailFingerprints;
import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 (RFC 2104) of addresses, device ids and subjects, under a key for each. */
@ApplicationScoped
public class Fingerprints implements EmailFingerprints {
  private final HouseKeys keys;

  public Fingerprints(HouseKeys keys) {
    this.keys = keys;
  }

  @Override
  public byte[] of(String email) {
    // Lower-casing can leave a text that isn't NFC any more.
    return hmac(
        keys.symmetric("email-fingerprints"), nfc(nfc(email.strip()).toLowerCase(Locale.ROOT)));
  }

  public byte[] ofDevice(String deviceId) {
    return hmac(keys.symmetric("device-fingerprints"), deviceId);
  }

  /** Somebody at another issuer, as its tokens name them ({@code iss} and {@code sub}). */
  public byte[] ofSubject(String issuer, String subject) {
    return hmac(keys.symmetric("subject-fingerprints"), issuer.length() + ":" + issuer + subject);
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static byte[] hmac(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
