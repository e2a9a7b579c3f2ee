package app.heyblue.scoring.ledger;

import app.heyblue.postgres.Database;
import app.heyblue.scoring.postgres.Housekeeping;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the ledger does by itself: every two seconds it ends due holds, every hour it tidies up. */
@ApplicationScoped
public class Chores {
  private static final Logger LOG = Logger.getLogger(Chores.class);
  private static final Duration TIDY_EVERY = Duration.ofHours(1);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final HoldDesk holds;
  private final Database database;
  private final PassedTime time;
  private @Nullable Thread thread;
  private long tidyAgain = System.nanoTime();

  public Chores(HoldDesk holds, Database database, Clock clock) {
    this.holds = holds;
    this.database = database;
    this.time = new PassedTime(clock, System::nanoTime);
  }

  void start(@Observes @Priority(500) StartupEvent event) {
    thread = Thread.ofVirtual().name("heyblue-scoring-chores").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    if (thread != null) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void run() {
    try {
      while (!stop.await(2, TimeUnit.SECONDS)) {
        doAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void doAll() {
    attempt(holds::releaseDue);
    if (System.nanoTime() - tidyAgain >= 0) {
      attempt(
          () -> {
            database.useTransaction(tx -> Housekeeping.run(tx, time.now()));
            tidyAgain = System.nanoTime() + TIDY_EVERY.toNanos();
          });
    }
  }

  private static void attempt(Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException e) {
      LOG.warn("the ledger's chores will be tried again", e);
    }
  }
}
