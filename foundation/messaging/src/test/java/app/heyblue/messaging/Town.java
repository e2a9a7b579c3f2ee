package app.heyblue.messaging;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.messaging.signals.Signal;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A database with streams, and a table for what the tests' consumers write. */
final class Town {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final IdGenerator IDS = KernelBeans.timeOrdered(CLOCK, new SecureRandom());

  final Database database = TestDatabase.create("messaging");

  Town() {
    database.useTransaction(
        tx ->
            tx.execute(
                """
                create table heard (
                  consumer text, position bigint, id uuid, key text, number int,
                  deliveries int not null default 1, primary key (consumer, position))
                """));
  }

  /** What the tests' events carry. */
  record Told(int number) {}

  StreamEngine engine() {
    return new StreamEngine(database, CLOCK, IDS);
  }

  /** Appends one event in a transaction of its own. */
  UUID tell(StreamEngine engine, String key, int number) {
    return database.inTransaction(tx -> engine.log().append(tx, Stream.USERS, told(key, number)));
  }

  static NewEvent told(String key, int number) {
    return new NewEvent("app.heyblue.test.told.v1", key, new Told(number));
  }

  /** What a consumer has written, in the order of positions, as {@code key number}. */
  List<String> heardBy(String consumer) {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select key || ' ' || number from heard
                    where consumer = :consumer order by position
                    """)
                .bind("consumer", consumer)
                .mapTo(String.class)
                .list());
  }

  /** A number that the query answers. */
  long number(String sql) {
    return database.read(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  /** Waits until it is so, looking whenever a consumer has moved on. */
  static boolean eventually(StreamEngine engine, BooleanSupplier condition)
      throws InterruptedException {
    Signal progress = new Signal();
    for (Stream stream : Stream.values()) {
      engine.streams().onProgress(stream, progress::raise);
    }
    Instant end = CLOCK.instant().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (CLOCK.instant().isAfter(end)) {
        return false;
      }
      progress.await(Duration.ofMillis(50));
    }
    return true;
  }
}
