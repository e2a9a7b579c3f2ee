package app.heyblue.encounters;

import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.paying.Celebrations;
import app.heyblue.encounters.paying.Payments;
import app.heyblue.encounters.paying.Recovery;
import app.heyblue.encounters.postgres.Encounters;
import app.heyblue.encounters.scanning.Scans;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.qr.QrCodes;
import app.heyblue.qr.token.SignedQrCodes;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import app.heyblue.testing.TestDatabase;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.SecretKey;

/** A place to meet: a database, real codes, a scoring room and a clock that a test turns. */
public final class Street {
  public final Database database = TestDatabase.create("encounters");
  public final FakeTracking tracking = new FakeTracking();
  public final FakeAlerts alerts = new FakeAlerts();
  public final FakeScoring scoring = new FakeScoring();
  public final TurnedClock clock = new TurnedClock();
  public final Encounters encounters = new Encounters();
  public final ConcurrentLinkedQueue<String> audited = new ConcurrentLinkedQueue<>();
  public final IdGenerator ids = KernelBeans.timeOrdered(clock, new SecureRandom());
  public final Audit audit = (tx, action, subject, details) -> audited.add(action);
  private final QrCodes codes = new SignedQrCodes(clock, ids, houseKeys());

  /** The scans of a process that just started on this database. */
  public Scans scans() {
    return new Scans(database, encounters, payments(), codes, tracking, audit, ids, clock);
  }

  /** The recovery of a process that just started on this database. */
  public Recovery recovery() {
    return new Recovery(database, encounters, payments(), clock);
  }

  /** The payments of a process that just started on this database. */
  public Payments payments() {
    return new Payments(
        database,
        encounters,
        scoring,
        new Celebrations(scoring, alerts, Runnable::run),
        audit,
        clock);
  }

  public UserId somebody() {
    return new UserId(ids.next());
  }

  public IdempotencyKey key() {
    return new IdempotencyKey(ids.next().toString());
  }

  public String code(UserId civilian) {
    return codes.issue(civilian).token();
  }

  public List<Encounter> of(UserId civilian) {
    return database.read(
        tx -> encounters.ofCivilian(tx, civilian, new PageRequest(PageRequest.MAX_LIMIT, null)));
  }

  private static HouseKeys houseKeys() {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
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
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stands still until it's turned. */
  public static final class TurnedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-05-01T12:00:00Z");

    public void turn(Duration by) {
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
