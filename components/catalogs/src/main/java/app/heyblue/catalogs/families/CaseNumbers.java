package app.heyblue.catalogs.families;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.security.HouseKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What is kept of a case number: HMAC-SHA-256 of its canonical form under a key of the house, so
 * that nobody without the master key can try numbers out. The number itself is kept nowhere. For
 * one thread.
 */
public final class CaseNumbers {
  private static final String KEY = "family-case-number";

  private final Mac mac;

  public CaseNumbers(HouseKeys keys) {
    SecretKey key = keys.symmetric(KEY);
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 32 bytes. */
  public byte[] fingerprint(String caseNumber) {
    return mac.doFinal(FamilyCatalog.canonical(caseNumber).getBytes(StandardCharsets.UTF_8));
  }
}
