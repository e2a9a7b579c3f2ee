package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.TestKeys;
import app.heyblue.notifications.preferences.PreferenceEditor;
import app.heyblue.postgres.Database;
import app.heyblue.security.PersonalCipher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Web Push on a test's database. */
public final class PushHouse implements PushConfig, PersonalCipher {
  public volatile Instant now = Instant.parse("2026-04-01T10:00:00Z");
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final Pushes pushes;
  public final Subscriptions subscriptions;
  public final PreferenceEditor preferences;
  final Set<UUID> ended = ConcurrentHashMap.newKeySet();
  private final boolean local;

  /** One that pushes to this machine too. */
  public PushHouse(Database database) {
    this(database, true);
  }

  public PushHouse(Database database, boolean local) {
    this.local = local;
    AtomicLong ids = new AtomicLong();
    TestKeys keys = new TestKeys();
    Endpoints endpoints = new Endpoints(this);
    Vapid vapid = new Vapid(keys, this, clock());
    subscriptions =
        new Subscriptions(
            database,
            this,
            keys,
            endpoints,
            (tx, caller) -> !ended.contains(caller.sessionId()),
            (tx, action, subject, details) -> {},
            () -> new UUID(7, ids.incrementAndGet()),
            clock(),
            vapid);
    pushes = new Pushes(subscriptions, endpoints, vapid, new SecureRandom(), meters);
    preferences = new PreferenceEditor(database, (tx, action, subject, details) -> {});
  }

  public Clock clock() {
    return ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  }

  /** Switches kinds of a civilian on. */
  void want(UserId party, String... kinds) {
    preferences.replace(
        party,
        PartyKind.CIVILIAN,
        "*",
        Map.of(),
        Map.ofEntries(
            java.util.Arrays.stream(kinds)
                .map(kind -> Map.entry(kind, true))
                .toArray(Map.Entry[]::new)));
  }

  /** The counts so far, by outcome. */
  Map<String, Double> outcomes() {
    return meters.find("heyblue.pushes").counters().stream()
        .collect(
            Collectors.groupingBy(
                counter -> String.valueOf(counter.getId().getTag("outcome")),
                Collectors.summingDouble(Counter::count)));
  }

  @Override
  public Optional<URI> contact() {
    return Optional.of(URI.create("mailto:operator@heyblue.example"));
  }

  @Override
  public boolean allowPrivateEndpoints() {
    return local;
  }

  @Override
  public void createKey(UserId person) {}

  @Override
  public byte[] seal(UserId person, String field, String text) {
    return Base64.getEncoder().encode((person + field + "|" + text).getBytes(UTF_8));
  }

  @Override
  public Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> open(UserId person, String field, byte[] sealed) {
    String opened = new String(Base64.getDecoder().decode(sealed), UTF_8);
    return Optional.of(opened.substring((person + field + "|").length()));
  }

  @Override
  public void destroyKey(Handle tx, UserId person) {
    throw new UnsupportedOperationException();
  }
}
