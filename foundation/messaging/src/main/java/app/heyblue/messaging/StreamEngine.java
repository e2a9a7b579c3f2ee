package app.heyblue.messaging;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.messaging.engine.Deliveries;
import app.heyblue.messaging.engine.Troubles;
import app.heyblue.messaging.engine.Worker;
import app.heyblue.messaging.postgres.Notifications;
import app.heyblue.messaging.postgres.Positions;
import app.heyblue.messaging.postgres.PostgresEventLog;
import app.heyblue.messaging.postgres.PostgresStreams;
import app.heyblue.messaging.postgres.Sequencing;
import app.heyblue.messaging.signals.Progress;
import app.heyblue.messaging.signals.Signal;
import app.heyblue.messaging.signals.Wakeups;
import app.heyblue.postgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams of one process at work: its sequencers and consumers. The server starts one; tests of
 * consumers make their own. Any number of them share a database: each event goes to each consumer
 * in one of them, and when one ends the others take over.
 */
public final class StreamEngine implements AutoCloseable {
  // Signals wake at once; looking finds what a crash between a commit and its signal has left.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Database database;
  private final Clock clock;
  private final Wakeups wakeups = new Wakeups();
  private final Progress progress = new Progress();
  private final Troubles troubles = new Troubles();
  private final Notifications notifications;
  private final EventLog log;
  private final Streams streams;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();

  public StreamEngine(Database database, Clock clock, IdGenerator ids) {
    this.database = database;
    this.clock = clock;
    this.notifications = new Notifications(database, wakeups, ids.next());
    this.log = new PostgresEventLog(clock, ids, wakeups);
    this.streams = new PostgresStreams(database, progress);
  }

  /** The writing side; works before the start and after the end too. */
  public EventLog log() {
    return log;
  }

  public Streams streams() {
    return streams;
  }

  Progress progress() {
    return progress;
  }

  Wakeups wakeups() {
    return wakeups;
  }

  Notifications notifications() {
    return notifications;
  }

  /**
   * Starts sequencing, and delivering to these consumers.
   *
   * @throws IllegalStateException where two have one name, or a name has heard another stream
   */
  public void start(List<StreamConsumer> consumers) {
    Set<String> names = new HashSet<>();
    for (StreamConsumer consumer : consumers) {
      if (!names.add(consumer.name())) {
        throw new IllegalStateException("two consumers have the name " + consumer.name());
      }
    }
    database.useTransaction(tx -> consumers.forEach(consumer -> Positions.register(tx, consumer)));
    listen();
    Sequencing sequencing = new Sequencing(database, notifications);
    for (Stream stream : Stream.values()) {
      work(
          "sequencer-" + stream,
          wakeups.committed(stream),
          () -> sequencing.move(stream) == Sequencing.BATCH);
    }
    for (StreamConsumer consumer : consumers) {
      Signal grown = wakeups.subscribe(consumer.stream());
      endings.add(() -> wakeups.unsubscribe(consumer.stream(), grown));
      work(
          "consumer-" + consumer.name(),
          grown,
          new Deliveries(database, clock, consumer, progress));
    }
  }

  private void listen() {
    String name = "streams-listener";
    Worker listener =
        new Worker(
            name,
            new Signal(),
            LOOK,
            troubles,
            () -> {
              notifications.listen(() -> troubles.over(name));
              return true;
            });
    listener.start();
    endings.add(listener::stop);
    endings.add(notifications::stopListening);
    workers.add(listener);
  }

  private void work(String name, Signal signal, Worker.Turn turn) {
    Worker worker = new Worker(name, signal, LOOK, troubles, turn);
    worker.start();
    endings.add(worker::stop);
    workers.add(worker);
  }

  /** Ends after the batches that are being delivered. */
  @Override
  public void close() {
    endings.forEach(Runnable::run);
    endings.clear();
    try {
      for (Worker worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.clear();
  }
}
