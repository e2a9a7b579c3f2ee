package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a message for one browser, so that the push service can't read it (RFC 8291), as one
 * record of {@code aes128gcm} (RFC 8188). All messages up to {@value #STEP} bytes are equally long.
 */
final class Encryption {
  /** What the plaintext is filled up to a multiple of. */
  static final int STEP = 1024;

  /** What push services must take (RFC 8030, 7.2), less what encryption adds. */
  static final int LONGEST = 3 * STEP - 1;

  private static final int RECORD_SIZE = 4096;
  private static final int SALT = 16;
  private static final byte LAST_RECORD = 2;

  private final SecureRandom random;

  Encryption(SecureRandom random) {
    this.random = random;
  }

  /** The body of the request to the push service. */
  byte[] encrypt(byte[] message, Subscription reader) {
    if (message.length > LONGEST) {
      throw new IllegalArgumentException("too long for a push: " + message.length);
    }
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    int padded = (message.length + 1 + STEP - 1) / STEP * STEP;
    return encrypt(message, padded - message.length - 1, reader, ephemeral(), salt);
  }

  /**
   * {@link #encrypt(byte[], Subscription)} with everything given.
   *
   * @param padding how many noughts follow the message
   * @param ours made for this message
   */
  static byte[] encrypt(
      byte[] message, int padding, Subscription reader, KeyPair ours, byte[] salt) {
    byte[] open = P256.encode((ECPublicKey) ours.getPublic());
    try {
      byte[] input = inputKey(reader, ours, open);
      byte[] pseudorandom = hmac(salt, input);
      byte[] key = expand(pseudorandom, "Content-Encoding: aes128gcm\0", 16);
      byte[] nonce = expand(pseudorandom, "Content-Encoding: nonce\0", 12);
      byte[] plain = Arrays.copyOf(message, message.length + 1 + padding);
      plain[message.length] = LAST_RECORD;
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(SALT + 4 + 1 + open.length + sealed.length)
          .put(salt)
          .putInt(RECORD_SIZE)
          .put((byte) open.length)
          .put(open)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 8291, 3.3 and 3.4. */
  private static byte[] inputKey(Subscription reader, KeyPair ours, byte[] open)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(ours.getPrivate());
    agreement.doPhase(P256.decode(reader.publicKey()).orElseThrow(), true);
    byte[] shared = hmac(reader.secret(), agreement.generateSecret());
    byte[] title = "WebPush: info\0".getBytes(US_ASCII);
    return hmac(
        shared,
        ByteBuffer.allocate(title.length + 2 * P256.BYTES + 1)
            .put(title)
            .put(reader.publicKey())
            .put(open)
            .put((byte) 1)
            .array());
  }

  /** One block of HKDF's second step (RFC 5869). */
  private static byte[] expand(byte[] key, String info, int length)
      throws GeneralSecurityException {
    byte[] title = info.getBytes(US_ASCII);
    byte[] counted = Arrays.copyOf(title, title.length + 1);
    counted[title.length] = 1;
    return Arrays.copyOf(hmac(key, counted), length);
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }

  private KeyPair ephemeral() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(P256.CURVE, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
