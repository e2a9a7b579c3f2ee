package app.heyblue.scoring;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.Streams;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.chain.ChainConsumer;
import app.heyblue.scoring.chain.HeadSigner;
import app.heyblue.scoring.chain.LedgerExport;
import app.heyblue.scoring.domain.Grounds;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Story;
import app.heyblue.scoring.ledger.AccountOpening;
import app.heyblue.scoring.ledger.CharityListings;
import app.heyblue.scoring.ledger.Giving;
import app.heyblue.scoring.ledger.Giving.Gift;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import app.heyblue.scoring.ledger.HoldDesk;
import app.heyblue.scoring.ledger.Ledger;
import app.heyblue.scoring.ledger.LedgerScoring;
import app.heyblue.scoring.ledger.Reversals;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import app.heyblue.security.PersonalCipher;
import app.heyblue.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.SecretKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A ledger on a database of its own, with hand-written neighbours at the other rooms' doors. */
final class World {
  static final Instant NOON = Instant.parse("2026-11-24T17:00:00Z"); // in New York

  final Database database;
  final TestClock clock = new TestClock();
  final SecureRandom random = new SecureRandom();
  final IdGenerator ids = KernelBeans.timeOrdered(clock, random);
  final MemoryLog log = new MemoryLog(clock, ids);
  final FakeRules rules = new FakeRules();
  final List<String> audited = new CopyOnWriteArrayList<>();
  final Audit audit = (tx, action, subject, details) -> audited.add(action);
  final Ledger ledger;
  final Scoring scoring;
  final Giving giving;
  final Reversals reversals;
  final HoldDesk holds;
  final AccountOpening accounts = new AccountOpening(audit);
  final CharityListings listings = new CharityListings();
  final ChainConsumer chain = new ChainConsumer();
  final HeadSigner signer;
  final LedgerExport export;
  final UserId admin = new UserId(ids.next());

  private final Map<StreamConsumer, Integer> positions = new HashMap<>();

  World() {
    this(TestDatabase.create("scoring"));
  }

  /** A world beside others on one database, with parties of its own. */
  World(Database database) {
    this.database = database;
    ledger = new Ledger(database, log, audit, clock, ids, random, clock::nanos);
    scoring = new LedgerScoring(ledger, rules, database);
    giving = new Giving(ledger, rules, new FakeCipher());
    reversals = new Reversals(ledger);
    holds = new HoldDesk(ledger, rules, database, log, audit, ids);
    signer = new HeadSigner(database, new FakeKeys(), new NoStreams(), clock);
    export = new LedgerExport(database, signer);
  }

  record Party(
      UUID userId,
      String kind,
      @Nullable String timeZone,
      String areaZip,
      @Nullable String ein,
      Instant at) {}

  /** A charity disappears from the catalog, or is back. */
  void list(String ein, boolean listed) {
    database.useTransaction(
        tx ->
            log.append(
                tx,
                Stream.USERS,
                new NewEvent(
                    "app.heyblue.charity.%s.v1".formatted(listed ? "listed" : "delisted"),
                    ein,
                    Map.of("ein", ein, "reason", "refresh"))));
    deliver(listings);
  }

  UserId join(PartyKind kind) {
    return join(kind, null);
  }

  UserId join(PartyKind kind, @Nullable String ein) {
    UserId user = new UserId(ids.next());
    Party created =
        new Party(
            user.value(),
            kind.toString(),
            kind == PartyKind.OFFICER ? "America/New_York" : null,
            "10001",
            ein,
            clock.instant());
    database.useTransaction(
        tx ->
            log.append(
                tx,
                Stream.USERS,
                new NewEvent("app.heyblue.user.created.v1", user.toString(), created)));
    deliver(accounts);
    deliver(listings);
    return user;
  }

  /** A party with points from issuance. */
  UserId joinWith(PartyKind kind, long points) {
    UserId user = join(kind);
    Posting given =
        new Posting(
            TransactionKind.ENCOUNTER,
            List.of(new Movement(Scoring.ISSUANCE, -points), new Movement(user, points)),
            Grounds.because("A test begins with it."),
            Limits.NONE,
            new Story.Encounter(user, user, "qr", "unknown", null));
    database.useTransaction(tx -> ledger.record(tx, given));
    return user;
  }

  IdempotencyKey key() {
    return new IdempotencyKey("key-" + ids.next());
  }

  Receipt meet(UserId civilian, UserId officer) {
    return meetAt(clock.instant(), civilian, officer);
  }

  Receipt meetAt(Instant at, UserId civilian, UserId officer) {
    return scoring.recordEncounter(
        key(), new MeetingProof(civilian, officer, "qr", "consistent", at));
  }

  StoredTransaction donate(UserId giver, UserId recipient, long points) {
    return give(GiftKind.DONATION, giver, recipient, points);
  }

  StoredTransaction give(GiftKind kind, UserId giver, UserId recipient, long points) {
    return giving.give(giver, key(), new Gift(kind, recipient, points, null)).answer();
  }

  Hold hold(UserId holder, UserId merchant, long price) {
    return holds.place(
        key(), new HoldRequest(holder, merchant, price, 1, clock.instant().plusSeconds(600)));
  }

  long points(UserId user) {
    return scoring.balance(user).points();
  }

  /** Gives a consumer what it hasn't had. */
  synchronized void deliver(StreamConsumer consumer) {
    List<Event> events = log.events(consumer.stream());
    for (int i = positions.getOrDefault(consumer, 0); i < events.size(); i++) {
      Event event = events.get(i);
      database.useTransaction(tx -> consumer.accept(tx, event));
    }
    positions.put(consumer, events.size());
  }

  /** Gives a consumer everything again. */
  void replay(StreamConsumer consumer) {
    positions.remove(consumer);
    deliver(consumer);
  }

  /** Chains and signs all that was recorded. */
  void seal() {
    deliver(chain);
    signer.signNewest();
  }

  byte[] exported() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.write(out);
    return out.toByteArray();
  }

  /** A digest of every table of the ledger but the kept answers' times. */
  Map<String, String> digests() {
    return database.read(
        tx -> {
          Map<String, String> digests = new HashMap<>();
          for (String table :
              List.of(
                  "account",
                  "transaction",
                  "entry",
                  "chain",
                  "head",
                  "hold",
                  "limit_counter",
                  "limit_use",
                  "idempotent_answer",
                  "charity",
                  "charity_listing")) {
            digests.put(
                table,
                tx.createQuery(
                        "select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from"
                            + " scoring."
                            + table
                            + " t")
                    .mapTo(String.class)
                    .one());
          }
          return digests;
        });
  }

  long count(String sql) {
    return database.read(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  /** A clock that a test moves. */
  static final class TestClock extends Clock {
    private volatile Instant now = NOON;

    long nanos() {
      return Duration.between(NOON, now).toNanos();
    }

    void advance(Duration by) {
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
      return this;
    }
  }

  /** A log in memory, with only what was committed. */
  static final class MemoryLog implements EventLog {
    private final Map<Stream, List<Event>> streams = new HashMap<>();
    private final Clock clock;
    private final IdGenerator ids;

    MemoryLog(Clock clock, IdGenerator ids) {
      this.clock = clock;
      this.ids = ids;
    }

    @Override
    public UUID append(Handle tx, Stream stream, NewEvent event) {
      UUID id = ids.next();
      JsonNode data = Json.mapper().valueToTree(event.data());
      tx.afterCommit(
          () -> {
            synchronized (this) {
              List<Event> events =
                  streams.computeIfAbsent(stream, s -> new CopyOnWriteArrayList<>());
              events.add(
                  new Event(
                      stream,
                      events.size() + 1L,
                      id,
                      event.type(),
                      event.key(),
                      clock.instant(),
                      data));
            }
          });
      return id;
    }

    synchronized List<Event> events(Stream stream) {
      return List.copyOf(streams.getOrDefault(stream, List.of()));
    }
  }

  private static final class FakeCipher implements PersonalCipher {
    @Override
    public void createKey(UserId person) {}

    @Override
    public byte[] seal(UserId person, String field, String text) {
      return (person + "/" + field + "/" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void destroyKey(Handle tx, UserId person) {}

    @Override
    public Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> open(UserId person, String field, byte[] sealed) {
      String opened = new String(sealed, StandardCharsets.UTF_8);
      return Optional.of(opened.substring((person + "/" + field + "/").length()));
    }
  }

  private static final class FakeKeys implements HouseKeys {
    private final KeyPair pair;

    FakeKeys() {
      try {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SecretKey symmetric(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyPair ed25519(String name) {
      return pair;
    }

    @Override
    public KeyPair p256(String name) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class NoStreams implements Streams {
    @Override
    public boolean isTakenInByAdmitters(UUID eventId) {
      return true;
    }

    @Override
    public boolean awaitTakenIn(String consumer, UUID eventId, Duration atMost) {
      return true;
    }

    @Override
    public void onProgress(Stream stream, Runnable listener) {}
  }
}
