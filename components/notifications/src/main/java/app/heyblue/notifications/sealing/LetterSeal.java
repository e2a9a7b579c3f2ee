package app.heyblue.notifications.sealing;

import app.heyblue.security.HouseKeys;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
 * Seals letters under keys of the house: AES-256-GCM, a 12-byte nonce before the ciphertext, bound
 * to the letter's id. Their readers are known by address only, so no key per person fits.
 */
@ApplicationScoped
public class LetterSeal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final HouseKeys keys;
  private final SecureRandom random;

  public LetterSeal(HouseKeys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /** Where a sealed letter lies; each has a key of its own. */
  public enum Place {
    QUEUE("notifications.letter"),
    DEMO_MAILBOX("notifications.demo-mail");

    private final String key;

    Place(String key) {
      this.key = key;
    }
  }

  /** Makes the queue's key where there is none yet, so that no transaction waits for that. */
  void start(@Observes @Priority(500) StartupEvent event) {
    keys.symmetric(Place.QUEUE.key);
  }

  public byte[] close(Place place, UUID id, String text) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, place, nonce, id, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  public String open(Place place, UUID id, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] text =
        run(
            Cipher.DECRYPT_MODE,
            place,
            nonce,
            id,
            Arrays.copyOfRange(sealed, NONCE, sealed.length));
    return new String(text, StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, Place place, byte[] nonce, UUID id, byte[] input) {
    SecretKey key = new SecretKeySpec(keys.symmetric(place.key).getEncoded(), "AES");
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a letter doesn't open", e);
    }
  }
}
