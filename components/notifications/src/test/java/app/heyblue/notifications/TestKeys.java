package app.heyblue.notifications;

import app.heyblue.security.HouseKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a house with one. */
public final class TestKeys implements HouseKeys {
  private static final byte[] KEY = new byte[32];
  private static final KeyPair P256 = pair();

  @Override
  public SecretKey symmetric(String name) {
    return new SecretKeySpec(KEY, "AES");
  }

  @Override
  public KeyPair ed25519(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyPair p256(String name) {
    return P256;
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
