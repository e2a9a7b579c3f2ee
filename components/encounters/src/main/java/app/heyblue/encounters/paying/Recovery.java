package app.heyblue.encounters.paying;

import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.postgres.Encounters;
import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Finishes, or ends as refused, the encounters that a crash or an outage left pending. */
@ApplicationScoped
public class Recovery {
  /** How long the request that made an encounter, or an earlier try, is left alone with it. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int BATCH = 50;
  private static final Logger LOG = Logger.getLogger(Recovery.class);

  private final Database database;
  private final Encounters encounters;
  private final Payments payments;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);

  public Recovery(Database database, Encounters encounters, Payments payments, Clock clock) {
    this.database = database;
    this.encounters = encounters;
    this.payments = payments;
    this.clock = clock;
  }

  void start(@Observes @Priority(1000) StartupEvent started) {
    Thread.ofVirtual().name("heyblue-encounter-recovery").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void run() {
    try {
      do {
        try {
          while (stopping.getCount() > 0 && resumePending() == BATCH) {
            // A full batch: more may be waiting.
          }
        } catch (RuntimeException databaseAway) {
          LOG.warnf("Pending encounters can't be read now: %s", databaseAway.getMessage());
        }
      } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One round over the encounters that nobody has tried for {@link #PATIENCE}.
   *
   * @return how many there were
   */
  int resumePending() {
    Instant now = clock.instant();
    List<Encounter> pending =
        database.inTransaction(tx -> encounters.takeOver(tx, now.minus(PATIENCE), now, BATCH));
    for (Encounter encounter : pending) {
      try {
        payments.settle(encounter);
      } catch (RuntimeException failure) {
        // It comes again and again until scoring is back; the request that failed left its trace.
        LOG.warnf("Encounter %s stays pending: %s", encounter.id(), failure.getMessage());
      }
    }
    return pending.size();
  }
}
