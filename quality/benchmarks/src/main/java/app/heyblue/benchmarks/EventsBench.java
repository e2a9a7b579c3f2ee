package app.heyblue.benchmarks;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamEngine;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The event log: how long after its commit an event reaches a consumer, and how fast a replay is
 * beside a bare cursor over the same rows.
 */
final class EventsBench {
  static final List<String> NAMES = List.of("events");

  private static final int RUNS = 3;
  private static final int SECONDS = Integer.getInteger("heyblue.bench.seconds", 10);
  private static final int WRITERS = 32;
  private static final int FETCHED = 500;
  private static final long PATIENCE_SECONDS = 120;

  private final Clock clock = Clock.systemUTC();
  private final IdGenerator ids = KernelBeans.timeOrdered(clock, new SecureRandom());
  private final Consumer<String> results;

  EventsBench(Consumer<String> results) {
    this.results = results;
  }

  /** What the events carry: about as much as a recorded donation. */
  private record Told(int number, String text) {}

  private static final String TEXT = "x".repeat(600);

  void run() throws Exception {
    Database database = TestDatabase.create("messaging");
    for (int rate : List.of(140, 2_000)) {
      List<Double> halves = new ArrayList<>();
      List<Double> tails = new ArrayList<>();
      for (int run = 1; run <= RUNS; run++) {
        double[] millis = latencies(database, "latency-" + rate + "-" + run, rate);
        halves.add(Times.quantile(millis, 0.5));
        tails.add(Times.quantile(millis, 0.99));
        Bench.say(
            "run %d: at %,d events a second p50 %.1f ms, p99 %.1f ms",
            run, rate, halves.getLast(), tails.getLast());
      }
      results.accept(
          String.format(
              Locale.ROOT,
              "bench events-latency at %d a second: p50=%.1fms p99=%.1fms",
              rate,
              Times.median(halves),
              Times.median(tails)));
    }
    replay(database);
  }

  /** From each event's commit to its consumer, in milliseconds. */
  private double[] latencies(Database database, String name, int rate) throws Exception {
    int count = rate * SECONDS;
    AtomicLongArray committed = new AtomicLongArray(count);
    AtomicLongArray heard = new AtomicLongArray(count);
    CountDownLatch missing = new CountDownLatch(count);
    try (StreamEngine engine = new StreamEngine(database, clock, ids);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      startAtTheEnd(database, name);
      engine.start(
          List.of(
              new Listener(
                  name,
                  events -> {
                    long now = System.nanoTime();
                    for (Event event : events) {
                      heard.set(event.dataAs(Told.class).number(), now);
                      missing.countDown();
                    }
                  })));
      long begin = System.nanoTime() + 200_000_000;
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        work.add(
            writers.submit(
                () -> {
                  for (int number = writer; number < count; number += WRITERS) {
                    long due = begin + (long) (number * 1e9 / rate);
                    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                      LockSupport.parkNanos(due - now);
                    }
                    Told told = new Told(number, TEXT);
                    String key = "key-" + number % 1000;
                    database.useTransaction(
                        tx ->
                            engine
                                .log()
                                .append(tx, Stream.USERS, new NewEvent(Listener.TYPE, key, told)));
                    committed.set(number, System.nanoTime());
                  }
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
      if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(missing.getCount() + " events didn't come");
      }
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      millis[i] = Math.max(0, heard.get(i) - committed.get(i)) / 1e6;
    }
    return millis;
  }

  private void replay(Database database) throws Exception {
    int count =
        database.read(
            tx ->
                tx.createQuery("select count(*) from messaging.event where stream = 'users'")
                    .mapTo(Integer.class)
                    .one());
    List<Double> ours = new ArrayList<>();
    List<Double> peer = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      CountDownLatch missing = new CountDownLatch(count);
      try (StreamEngine engine = new StreamEngine(database, clock, ids)) {
        Listener listener =
            new Listener("replay-" + run, events -> events.forEach(event -> missing.countDown()));
        ours.add(
            count
                / Times.of(
                    () -> {
                      engine.start(List.of(listener));
                      if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("the replay doesn't end");
                      }
                    }));
      }
      peer.add(count / Times.of(() -> cursor(database, count)));
      Bench.say(
          "run %d: replay %,.0f events a second, cursor %,.0f",
          run, ours.getLast(), peer.getLast());
    }
    results.accept(Bench.rates("events-replay", Times.median(ours), Times.median(peer)));
  }

  private static void startAtTheEnd(Database database, String consumer) {
    database.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    insert into messaging.consumer (name, stream, admits_parties, position)
                    select :name, name, false, position from messaging.stream where name = 'users'
                    """)
                .bind("name", consumer)
                .execute());
  }

  private static void cursor(Database database, int count) throws SQLException {
    try (Handle handle = database.open()) {
      Connection connection = handle.getConnection();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(FETCHED);
        int read = 0;
        try (ResultSet rows =
            statement.executeQuery(
                "select stream, position, id, type, key, time, data::text from messaging.event"
                    + " where stream = 'users' order by position")) {
          while (rows.next()) {
            for (int column = 1; column <= 7; column++) {
              String _ = rows.getString(column);
            }
            read++;
          }
        }
        if (read != count) {
          throw new IllegalStateException("the cursor read " + read + " of " + count);
        }
      }
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private record Listener(String name, Consumer<List<Event>> hears) implements BatchConsumer {
    static final String TYPE = "app.heyblue.bench.told.v1";

    @Override
    public Stream stream() {
      return Stream.USERS;
    }

    @Override
    public void acceptAll(Handle tx, List<Event> events) {
      hears.accept(events);
    }
  }
}
