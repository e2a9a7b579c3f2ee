package app.heyblue.security.audit;

import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of requests that changed nothing, by a thread of its own and many at a time: a
 * refusal must not wait for the database, nor a flood of them fill it faster than it can write.
 * Beyond {@value #BOUND} waiting records further ones are dropped, and their number is logged.
 *
 * <p>Requests without a token are only counted, in one record a minute for each kind of refusal:
 * else anybody could make the trail grow without end. So are those with a token, beyond {@value
 * RefusalTally#IN_FULL} a minute of one actor, operation and status.
 */
@ApplicationScoped
public class RefusalLog {
  private static final Logger LOG = Logger.getLogger(RefusalLog.class);
  private static final int BOUND = 10_000;
  private static final int BATCH = 500;
  private final Database database;
  private final AuditTrail audit;
  private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(BOUND);
  private final AtomicLong dropped = new AtomicLong();
  private @Nullable Thread thread;

  public RefusalLog(Database database, AuditTrail audit) {
    this.database = database;
    this.audit = audit;
  }

  private sealed interface Item {}

  private record Answer(
      RequestAtHand.Origin origin,
      String action,
      @Nullable String subject,
      int status,
      Map<String, String> details)
      implements Item {
    RefusalTally.Kind kind() {
      Caller caller = origin.caller();
      return new RefusalTally.Kind(
          caller == null ? null : new RefusalTally.Actor(caller.userId(), caller.kind()),
          action,
          status);
    }
  }

  /** Tells the one who put it that all before it is written. */
  private record Mark(CountDownLatch reached) implements Item {}

  private record Stop() implements Item {}

  /** Hands a record over; never waits. */
  public void add(
      RequestAtHand.Origin origin,
      String action,
      @Nullable String subject,
      int status,
      Map<String, String> details) {
    if (!waiting.offer(new Answer(origin, action, subject, status, details))) {
      dropped.incrementAndGet();
    }
  }

  /** Waits until what was handed over before is written, or for so long at most. */
  public void flush(Duration atMost) {
    Mark mark = new Mark(new CountDownLatch(1));
    try {
      if (waiting.offer(mark, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        mark.reached().await(atMost.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void start(@Observes @Priority(60) StartupEvent event) {
    thread = Thread.ofVirtual().name("heyblue-refusals").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    Thread running = thread;
    if (running != null && waiting.offer(new Stop(), 1, TimeUnit.SECONDS)) {
      running.join(Duration.ofSeconds(5));
    }
  }

  private void run() {
    RefusalTally tally = new RefusalTally();
    try {
      boolean running = true;
      while (running) {
        List<Item> batch = new ArrayList<>();
        Item first = waiting.poll(tally.patience(System.nanoTime()), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH - 1);
        }
        List<Answer> known = new ArrayList<>();
        boolean asked = false;
        for (Item item : batch) {
          switch (item) {
            case Answer answer -> {
              RefusalTally.Kind kind = answer.kind();
              if (kind.actor() != null && tally.isInFull(kind, System.nanoTime())) {
                known.add(answer);
              } else {
                tally.count(kind, System.nanoTime());
              }
            }
            case Mark _ -> asked = true;
            case Stop _ -> running = false;
          }
        }
        boolean due = asked || !running || tally.isDue(System.nanoTime());
        write(known, due ? tally.take() : Map.of());
        batch.stream()
            .filter(Mark.class::isInstance)
            .map(Mark.class::cast)
            .forEach(mark -> mark.reached().countDown());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Answer> known, Map<RefusalTally.Kind, Long> counted) {
    if (known.isEmpty() && counted.isEmpty()) {
      return;
    }
    try {
      database.useTransaction(
          tx -> {
            known.forEach(
                answer ->
                    audit.recordAnswer(
                        tx,
                        answer.origin(),
                        answer.action(),
                        answer.subject(),
                        answer.status(),
                        answer.details()));
            counted.forEach((kind, count) -> audit.recordCount(tx, kind, count));
          });
    } catch (RuntimeException e) {
      dropped.addAndGet(known.size() + counted.values().stream().mapToLong(Long::longValue).sum());
      LOG.warn("Records of refused requests can't be written", e);
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.warnf("%d records of refused requests were dropped", lost);
    }
  }
}
