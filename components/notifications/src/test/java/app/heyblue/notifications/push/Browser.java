package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser's keys, and the reading side of RFC 8291 and RFC 8188. */
public final class Browser {
  private static final int HEADER = 21;
  private final KeyPair keys;
  private final byte[] secret = new byte[16];

  public Browser() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(P256.CURVE);
      keys = generator.generateKeyPair();
      new SecureRandom().nextBytes(secret);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair pair(String open, String closed) {
    Base64.Decoder base64 = Base64.getUrlDecoder();
    try {
      return new KeyPair(
          P256.decode(base64.decode(open)).orElseThrow(),
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new ECPrivateKeySpec(new BigInteger(1, base64.decode(closed)), P256.CURVE)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public String p256dh() {
    return encode(P256.encode((ECPublicKey) keys.getPublic()));
  }

  public String auth() {
    return encode(secret);
  }

  Subscription subscription(URI endpoint) {
    return new Subscription(endpoint, P256.encode((ECPublicKey) keys.getPublic()), secret);
  }

  /** What the body of a push says to this browser. */
  public byte[] decrypt(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    byte[] salt = new byte[16];
    in.get(salt);
    int recordSize = in.getInt();
    byte[] theirs = new byte[in.get()];
    in.get(theirs);
    byte[] sealed = Arrays.copyOfRange(body, HEADER + theirs.length, body.length);
    if (sealed.length > recordSize) {
      throw new AssertionError("more than a record");
    }
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(keys.getPrivate());
      agreement.doPhase(P256.decode(theirs).orElseThrow(), true);
      byte[] mine = P256.encode((ECPublicKey) keys.getPublic());
      byte[] shared = hmac(secret, agreement.generateSecret());
      byte[] input =
          hmac(shared, join("WebPush: info\0".getBytes(US_ASCII), mine, theirs, new byte[] {1}));
      byte[] pseudorandom = hmac(salt, input);
      byte[] one = {1};
      byte[] key =
          hmac(pseudorandom, join("Content-Encoding: aes128gcm\0".getBytes(US_ASCII), one));
      byte[] nonce = hmac(pseudorandom, join("Content-Encoding: nonce\0".getBytes(US_ASCII), one));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, 0, 16, "AES"),
          new GCMParameterSpec(128, nonce, 0, 12));
      byte[] plain = cipher.doFinal(sealed);
      int end = plain.length - 1;
      while (plain[end] == 0) {
        end--;
      }
      if (plain[end] != 2) {
        throw new AssertionError("not the last record");
      }
      return Arrays.copyOf(plain, end);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
