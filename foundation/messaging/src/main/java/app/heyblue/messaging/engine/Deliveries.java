package app.heyblue.messaging.engine;

import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.postgres.Events;
import app.heyblue.messaging.postgres.Parking;
import app.heyblue.messaging.postgres.Positions;
import app.heyblue.messaging.signals.Progress;
import app.heyblue.postgres.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a stream to one consumer, a batch in each transaction together with the position. Where
 * an event fails, what came before it is delivered without it, and it alone is tried again; then it
 * is parked, and so is what follows of its key.
 */
public final class Deliveries implements Worker.Turn {
  /** The most events in one transaction. */
  static final int BATCH = 500;

  private static final Logger LOG = Logger.getLogger(Deliveries.class);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(500));
  private static final int ATTEMPTS = PAUSES.size() + 1;
  private static final int PROBE_SECONDS = 2;

  private final Database database;
  private final Clock clock;
  private final StreamConsumer consumer;
  private final Progress progress;
  private @Nullable Suspect suspect;
  private int delivering;
  private long singlyUpTo;
  private @Nullable Event retrying;

  public Deliveries(Database database, Clock clock, StreamConsumer consumer, Progress progress) {
    this.database = database;
    this.clock = clock;
    this.consumer = consumer;
    this.progress = progress;
  }

  /** An event that is delivered alone: it has failed so often, at last with that error. */
  private record Suspect(long position, int failures, @Nullable Throwable error) {
    boolean isExhausted() {
      return failures >= ATTEMPTS;
    }
  }

  @Override
  public boolean run() throws InterruptedException {
    try {
      return database.inTransaction(this::turn);
    } catch (BatchFailed failed) {
      singlyUpTo = failed.last;
      return true;
    } catch (DeliveryFailed failed) {
      progress.failed(consumer.name());
      if (failed.retry) {
        onFailedRetry(failed.event, failed.error);
      } else {
        onFailure(failed);
      }
      return true;
    } catch (RuntimeException e) {
      if (!Failures.isRefusal(e)) {
        throw e;
      }
      onRefusedCommit(e);
      return true;
    }
  }

  private boolean turn(Handle tx) {
    retrying = null;
    OptionalLong taken = Positions.take(tx, consumer.name());
    if (taken.isEmpty()) {
      return false; // another process delivers, and hears of new events as we do
    }
    long position = taken.getAsLong();
    if (position + BATCH < singlyUpTo) {
      singlyUpTo = 0; // a replay has set it back
    }
    OptionalLong retry = Parking.firstToRetry(tx, consumer.name());
    if (retry.isPresent()) {
      retry(tx, retry.getAsLong());
      return true;
    }
    int limit = limit(position);
    List<Event> batch = Events.after(tx, consumer.stream(), position, limit);
    delivering = batch.size();
    if (batch.isEmpty()) {
      return false;
    }
    deliver(tx, batch);
    long last = batch.getLast().position();
    Positions.move(tx, consumer.name(), last);
    tx.afterCommit(() -> moved(last));
    return batch.size() == limit;
  }

  /** How many events to take, so that a suspect is alone. */
  private int limit(long position) {
    Suspect present = suspect;
    if (present == null || present.position <= position) {
      return BATCH;
    }
    return (int) Math.clamp(present.position - position - 1, 1, BATCH);
  }

  private void deliver(Handle tx, List<Event> batch) {
    Set<String> keys = new HashSet<>();
    batch.forEach(event -> keys.add(event.key()));
    Map<String, NavigableSet<Long>> parked = Parking.positions(tx, consumer.name(), keys);
    if (consumer instanceof BatchConsumer together
        && parked.isEmpty()
        && suspect == null
        && batch.size() > 1
        && batch.getFirst().position() > singlyUpTo) {
      acceptAll(tx, together, batch);
      return;
    }
    for (Event event : batch) {
      NavigableSet<Long> ofKey = parked.computeIfAbsent(event.key(), key -> new TreeSet<>());
      if (ofKey.lower(event.position()) != null) {
        Parking.parkBehind(tx, consumer.name(), event, clock.instant());
        ofKey.add(event.position());
      } else if (suspect != null && suspect.isExhausted() && suspect.position == event.position()) {
        park(tx, event, suspect);
        ofKey.add(event.position());
      } else {
        accept(tx, event, false);
        if (ofKey.remove(event.position())) {
          Parking.remove(tx, consumer.name(), event.position()); // a replay came by and cured it
        }
      }
    }
  }

  private void park(Handle tx, Event event, Suspect failed) {
    Throwable error = failed.error;
    LOG.warnf(
        error,
        "%s parks %s %s at %s %d",
        consumer.name(),
        event.type(),
        event.id(),
        event.stream(),
        event.position());
    Parking.park(
        tx,
        consumer.name(),
        event,
        error == null ? "" : Failures.describe(error),
        failed.failures,
        clock.instant());
  }

  private void retry(Handle tx, long position) {
    Event event = Events.after(tx, consumer.stream(), position - 1, 1).getFirst();
    retrying = event;
    accept(tx, event, true);
    Parking.remove(tx, consumer.name(), position);
    tx.afterCommit(() -> progress.happened(consumer.stream()));
  }

  private void acceptAll(Handle tx, BatchConsumer together, List<Event> batch) {
    try {
      Following.acceptAll(together, tx, batch);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      requireDatabase(tx, e);
      LOG.debugf(e, "%s takes in one by one what failed together", consumer.name());
      throw new BatchFailed(batch.getLast().position());
    }
  }

  private void accept(Handle tx, Event event, boolean retry) {
    try {
      Following.accept(consumer, tx, event);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      requireDatabase(tx, e);
      throw new DeliveryFailed(event, retry, e);
    }
  }

  /** Nothing is wrong with an event where the database is away. */
  private static void requireDatabase(Handle tx, Throwable failure) {
    if (Failures.isDatabaseAway(failure) || !isAlive(tx)) {
      throw new DatabaseAway(failure);
    }
  }

  private void onFailure(DeliveryFailed failed) throws InterruptedException {
    Suspect before = suspect;
    long position = failed.event.position();
    int failures = before != null && before.position == position ? before.failures : 0;
    if (!Failures.isBadLuck(failed.error)) {
      failures++;
    }
    suspect = new Suspect(position, failures, failed.error);
    if (failures < ATTEMPTS) {
      Thread.sleep(PAUSES.get(Math.max(failures, 1) - 1));
    }
  }

  private void onFailedRetry(Event event, Throwable error) {
    String description = Failures.describe(error);
    database.useTransaction(tx -> Parking.retryFailed(tx, consumer.name(), event, description));
  }

  /**
   * A constraint that is checked at the commit, or a transaction that a consumer broke without
   * saying so, doesn't tell which event it is: halve the batch.
   */
  private void onRefusedCommit(RuntimeException e) throws InterruptedException {
    if (retrying != null) {
      onFailedRetry(retrying, e);
      return;
    }
    long position =
        database.read(
            tx ->
                tx.createQuery("select position from messaging.consumer where name = :name")
                    .bind("name", consumer.name())
                    .mapTo(Long.class)
                    .one());
    if (delivering > 1) {
      suspect = new Suspect(position + 1 + delivering / 2, 0, null);
    } else {
      Event event =
          database.read(tx -> Events.after(tx, consumer.stream(), position, 1)).getFirst();
      onFailure(new DeliveryFailed(event, false, e));
    }
  }

  private void moved(long last) {
    if (suspect != null && suspect.position <= last) {
      suspect = null;
    }
    progress.happened(consumer.stream());
  }

  private static boolean isAlive(Handle tx) {
    try {
      return tx.getConnection().isValid(PROBE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Rolls a batch back, of which one event failed. */
  private static final class BatchFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long last;

    BatchFailed(long last) {
      super(null, null, false, false);
      this.last = last;
    }
  }

  /** Rolls the batch back because of one event. */
  private static final class DeliveryFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Event event;
    private final boolean retry;
    private final Throwable error;

    DeliveryFailed(Event event, boolean retry, Throwable error) {
      super(error);
      this.event = event;
      this.retry = retry;
      this.error = error;
    }
  }
}
