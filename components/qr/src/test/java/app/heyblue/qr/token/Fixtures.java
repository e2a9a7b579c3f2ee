package app.heyblue.qr.token;

import app.heyblue.kernel.UserId;
import app.heyblue.security.HouseKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.crypto.SecretKey;

/** Keys, a clock that a test turns, and a civilian. */
final class Fixtures {
  static final UserId CIVILIAN =
      new UserId(UUID.fromString("01980000-0000-7000-8000-00000000c1c1"));
  static final KeyPair KEYS = newKeys();

  private Fixtures() {}

  static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static HouseKeys house(KeyPair keys) {
    return new HouseKeys() {
      @Override
      public SecretKey symmetric(String name) {
        throw new UnsupportedOperationException();
      }

      @Override
      public KeyPair ed25519(String name) {
        return keys;
      }

      @Override
      public KeyPair p256(String name) {
        throw new UnsupportedOperationException();
      }
    };
  }

  static final class TurnedClock extends Clock {
    private Instant now = Instant.parse("2026-05-01T12:00:00.700Z");

    void turn(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
