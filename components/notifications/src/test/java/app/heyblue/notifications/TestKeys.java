package app.heyblue.notifications;

import app.heyblue.security.HouseKeys;
import java.security.KeyPair;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a house with one. */
public final class TestKeys implements HouseKeys {
  private static final byte[] KEY = new byte[32];

  @Override
  public SecretKey symmetric(String name) {
    return new SecretKeySpec(KEY, "AES");
  }

  @Override
  public KeyPair ed25519(String name) {
    throw new UnsupportedOperationException();
  }
}
