package app.heyblue.scoring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamEngine;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Grounds;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.Story;
import app.heyblue.scoring.ledger.AccountOpening;
import app.heyblue.scoring.ledger.Ledger;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.scoring.postgres.ChainTable;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import app.heyblue.testing.TestDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chain on the real streams: what is recorded ends up under a signed head by itself. */
class LiveChainIT {
  private static final int TRANSACTIONS = 40;

  private final Database database = TestDatabase.create("messaging", "scoring");
  private final Clock clock = Clock.systemUTC();
  private final IdGenerator ids = KernelBeans.timeOrdered(clock, new SecureRandom());
  private final StreamEngine engine = new StreamEngine(database, clock, ids);
  private final Audit audit = (tx, action, subject, details) -> {};
  private final Ledger ledger =
      new Ledger(database, engine.log(), audit, clock, ids, new SecureRandom());
  private final HeadSigner signer = new HeadSigner(database, new OneKey(), engine.streams(), clock);
  private final Semaphore moved = new Semaphore(0);

  private record Created(
      UserId userId, String kind, @Nullable String timeZone, String areaZip, Instant at) {}

  private record OneKey(KeyPair pair) implements HouseKeys {
    OneKey() {
      this(make());
    }

    private static KeyPair make() {
      try {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
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

  @AfterEach
  void stop() throws InterruptedException {
    signer.stop(new ShutdownEvent());
    engine.close();
  }

  @Test
  void putsEveryTransactionUnderASignedHead() throws Exception {
    engine.streams().onProgress(Stream.TRANSACTIONS, moved::release);
    signer.start(new StartupEvent());
    engine.start(List.of(new AccountOpening(audit), new ChainConsumer()));
    UserId party = new UserId(ids.next());
    Created created = new Created(party, "officer", "America/Chicago", "60601", clock.instant());
    database.useTransaction(
        tx ->
            engine
                .log()
                .append(
                    tx,
                    Stream.USERS,
                    new NewEvent("app.heyblue.user.created.v1", party.toString(), created)));
    await(() -> database.read(tx -> AccountTable.find(tx, party)).isPresent());

    recordAtOnce(party);
    await(() -> newestHead() == TRANSACTIONS);

    List<ChainTable.Exported> chain =
        database.read(tx -> ChainTable.part(tx, 0, TRANSACTIONS, TRANSACTIONS));
    assertThat(chain).hasSize(TRANSACTIONS);
    assertThat(chain.getLast().head()).isNotNull();
    List<Head> empty = database.read(tx -> ChainTable.heads(tx, 1, 1));
    assertThat(empty).extracting(Head::position).containsExactly(0L);
  }

  private void recordAtOnce(UserId party) throws Exception {
    Posting posting =
        new Posting(
            TransactionKind.ENCOUNTER,
            List.of(new Movement(Scoring.ISSUANCE, -1), new Movement(party, 1)),
            Grounds.because("A test pays."),
            Limits.NONE,
            new Story.Encounter(party, party, "qr", "unknown", null));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < TRANSACTIONS; i++) {
        all.add(threads.submit(() -> database.useTransaction(tx -> ledger.record(tx, posting))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private long newestHead() {
    return database.read(ChainTable::newestHead).map(Head::position).orElse(-1L);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = clock.instant().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(clock.instant()).as("still waiting").isBefore(end);
      moved.tryAcquire(100, TimeUnit.MILLISECONDS);
    }
  }
}
