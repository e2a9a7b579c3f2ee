package app.heyblue.notifications.demo;

import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals demo mails under a key of the house: AES-256-GCM, a 12-byte nonce before the ciphertext,
 * bound to the mail's id. Their readers are known by address only, so no key per person fits.
 */
@ApplicationScoped
public class DemoSeal {
  private static final String KEY = "notifications.demo-mail";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final HouseKeys keys;
  private final SecureRandom random;

  public DemoSeal(HouseKeys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  byte[] close(UUID id, String text) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, id, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  String open(UUID id, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] text =
        run(Cipher.DECRYPT_MODE, nonce, id, Arrays.copyOfRange(sealed, NONCE, sealed.length));
    return new String(text, StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, UUID id, byte[] input) {
    SecretKey key = new SecretKeySpec(keys.symmetric(KEY).getEncoded(), "AES");
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a demo mail doesn't open", e);
    }
  }
}
