package app.heyblue.tracking;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.postgres.Database;
import app.heyblue.rules.Decision;
import app.heyblue.security.Caller;
import app.heyblue.security.PersonalCipher;
import app.heyblue.security.SealedReferences;
import app.heyblue.testing.TestDatabase;
import app.heyblue.tracking.clock.TrackingClock;
import app.heyblue.tracking.consent.Consents;
import app.heyblue.tracking.near.NearbyBudget;
import app.heyblue.tracking.near.OfficerRefs;
import app.heyblue.tracking.near.Proximity;
import app.heyblue.tracking.near.RulesPolicy;
import app.heyblue.tracking.positions.Position;
import app.heyblue.tracking.positions.Positions;
import app.heyblue.tracking.positions.Tracks;
import app.heyblue.tracking.positions.Withdrawals;
import app.heyblue.tracking.sharing.OfficerConsumer;
import app.heyblue.tracking.sharing.Sharing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tracking on a database of its own, with hand-written neighbours at the other rooms' doors. */
public final class World {
  public static final Instant NOON = Instant.parse("2026-11-24T17:00:00Z");

  public final Database database = TestDatabase.create("tracking");
  public final TestClock clock = new TestClock();
  public final Told told = new Told();
  public final List<String> audited = new ArrayList<>();
  public final AtomicLong rings = new AtomicLong(1);
  public final AtomicLong dwell = new AtomicLong(30);
  public final FakeCipher cipher = new FakeCipher();
  public final Withdrawals withdrawals = new Withdrawals();
  public final RulesPolicy policy;
  public final Proximity proximity;
  public final Sharing sharing;
  public final Tracks tracks;
  public final Positions positions;
  public final Consents consents;
  public final TrackingClock time;
  public final NearbyBudget budget;
  private final OfficerConsumer officers;
  private long version = 1;
  private long position;

  public World() {
    TrackingConfig config = new Config();
    policy = new RulesPolicy((kind, facts) -> decision(), clock);
    proximity =
        new Proximity(config, policy, new OfficerRefs(new FakeReferences(), config), told, clock);
    sharing = new Sharing(database, cipher, proximity, told, clock, clock::nanos);
    tracks = new Tracks(database, cipher, clock);
    positions =
        new Positions(withdrawals, sharing, proximity, tracks, clock, new SimpleMeterRegistry());
    consents =
        new Consents(
            database,
            withdrawals,
            positions,
            (tx, action, subject, details) -> audited.add(action),
            clock);
    time = new TrackingClock(proximity, policy, sharing, config, clock);
    budget = new NearbyBudget(config, clock);
    officers = new OfficerConsumer(sharing);
  }

  private Decision decision() {
    return new Decision(
        true,
        Map.of(
            "rings",
            rings.get(),
            "dwellSeconds",
            dwell.get(),
            "alertsPerDay",
            20L,
            "acceptanceMeters",
            30L),
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  /** Somebody new, as the token says. */
  public Caller somebody(PartyKind kind) {
    return new Caller(new UserId(UUID.randomUUID()), kind, UUID.randomUUID());
  }

  /** An officer of whom the stream has told. */
  public Caller officer(String name) {
    Caller officer = somebody(PartyKind.OFFICER);
    Map<String, Object> created = new LinkedHashMap<>();
    created.put("userId", officer.userId().toString());
    created.put("kind", "officer");
    created.put("timeZone", "America/New_York");
    created.put("displayNameSealed", sealed(officer, name));
    hear("app.heyblue.user.created.v1", created);
    return officer;
  }

  public void changes(Caller officer, boolean showName) {
    hear(
        "app.heyblue.user.changed.v1",
        Map.of("userId", officer.userId().toString(), "version", ++version, "showName", showName));
  }

  public void signsOut(Caller officer) {
    hear(
        "app.heyblue.session.ended.v1",
        Map.of(
            "userId", officer.userId().toString(),
            "sessionId", officer.sessionId().toString(),
            "reason", "signedOut"));
  }

  private void hear(String type, Map<String, Object> data) {
    position++;
    Event event =
        new Event(
            Stream.USERS,
            position,
            UUID.randomUUID(),
            type,
            "key",
            clock.instant(),
            Json.mapper().valueToTree(data));
    database.useTransaction(tx -> officers.accept(tx, event));
  }

  private String sealed(Caller officer, String name) {
    return Base64.getEncoder().encodeToString(cipher.seal(officer.userId(), "displayName", name));
  }

  /** Says where somebody is now, 5 m exactly. */
  public void at(Caller who, double latitude, double longitude) {
    positions.take(who, List.of(new Position(latitude, longitude, 5, clock.instant())));
  }

  /** Lets time pass, second by second. */
  public void pass(Duration duration) {
    for (long i = 0; i < duration.toSeconds(); i++) {
      clock.advance(Duration.ofSeconds(1));
      time.step();
    }
  }

  private static final class Config implements TrackingConfig {
    @Override
    public int cellResolution() {
      return 8;
    }

    @Override
    public Duration publishEvery() {
      return Duration.ofSeconds(30);
    }

    @Override
    public int nearbyPerDay() {
      return 300;
    }
  }

  /** What people were told, and who has a socket. */
  public static final class Told implements Alerts {
    public final Map<UserId, List<Alert>> alerts = new HashMap<>();
    public final Set<UserId> listening = new HashSet<>();

    @Override
    public void tell(UserId party, Alert alert) {
      alerts.computeIfAbsent(party, id -> new ArrayList<>()).add(alert);
    }

    @Override
    public boolean isListening(UserId party) {
      return listening.contains(party);
    }

    public List<Alert> of(Caller who) {
      return alerts.getOrDefault(who.userId(), List.of());
    }
  }

  /** Both clocks: the one that people set, and the one that nobody can. */
  public static final class TestClock extends Clock {
    private Instant now = NOON;
    private long nanos;

    public void advance(Duration time) {
      now = now.plus(time);
      nanos += time.toNanos();
    }

    public void set(Instant time) {
      now = time;
    }

    public long nanos() {
      return nanos;
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

  /** Turns bytes round, which is enough to tell sealed from clear. */
  public static final class FakeCipher implements PersonalCipher {
    @Override
    public void createKey(UserId person) {}

    @Override
    public byte[] seal(UserId person, String field, String text) {
      return turned((person + "/" + field + "/" + text).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts) {
      Map<UserId, byte[]> sealed = new HashMap<>();
      texts.forEach((person, text) -> sealed.put(person, seal(person, field, text)));
      return sealed;
    }

    @Override
    public Optional<String> open(UserId person, String field, byte[] sealed) {
      String opened = new String(turned(sealed), StandardCharsets.UTF_8);
      return Optional.of(opened.substring((person + "/" + field + "/").length()));
    }

    @Override
    public void destroyKey(Handle tx, UserId person) {}

    private static byte[] turned(byte[] bytes) {
      byte[] turned = bytes.clone();
      for (int i = 0; i < turned.length; i++) {
        turned[i] ^= 0x55;
      }
      return turned;
    }
  }

  /** They begin with chance, like the real ones. */
  private static final class FakeReferences implements SealedReferences {
    private final Random random = new Random(1);

    @Override
    public String seal(String purpose, UUID id) {
      return Long.toHexString(random.nextLong()) + "|" + purpose + "|" + id;
    }

    @Override
    public Optional<UUID> open(String purpose, String reference) {
      String[] parts = reference.split("\\|", 3);
      @Nullable UUID id =
          parts.length == 3 && parts[1].equals(purpose) ? UUID.fromString(parts[2]) : null;
      return Optional.ofNullable(id);
    }
  }
}
