package app.heyblue.onboarding.applications;

import app.heyblue.messaging.Streams;
import app.heyblue.onboarding.codes.MailedCodes;
import app.heyblue.onboarding.postgres.ApplicationSteps;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Moves applications on: when one was confirmed or approved, when a consumer has moved on, and
 * every two seconds in case a signal went to another process.
 */
@ApplicationScoped
class Worker {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  // Two, so that one validator that takes its time doesn't hold up everybody.
  private static final int THREADS = 2;
  private static final Duration SAFETY_POLL = Duration.ofSeconds(2);
  private static final Duration CLEANING = Duration.ofHours(1);
  private static final Duration UNCONFIRMED_KEPT = Duration.ofDays(7);
  // Until then the applicant can read why.
  private static final Duration REJECTED_KEPT = Duration.ofDays(30);
  private static final Duration STOPPING = Duration.ofSeconds(8);
  private static final int BATCH = 100;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Database database;
  private final Clock clock;
  private final Steps steps;
  private final PersonalTexts texts;
  private final Changes changes;
  private final MailedCodes codes;
  private final Streams streams;
  private final Semaphore wakeUps = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;
  private volatile Instant cleaned = Instant.MIN;

  Worker(
      Database database,
      Clock clock,
      Steps steps,
      PersonalTexts texts,
      Changes changes,
      MailedCodes codes,
      Streams streams) {
    this.database = database;
    this.clock = clock;
    this.steps = steps;
    this.texts = texts;
    this.changes = changes;
    this.codes = codes;
    this.streams = streams;
  }

  void start(@Observes @Priority(1000) StartupEvent event) {
    running = true;
    streams.onProgress(this::wake);
    for (int i = 1; i <= THREADS; i++) {
      threads.add(Thread.ofVirtual().name("heyblue-onboarding-" + i).start(this::run));
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    wakeUps.release(THREADS);
    for (Thread thread : threads) {
      if (!thread.join(STOPPING)) {
        thread.interrupt();
      }
    }
  }

  /** Says that there may be something to do. */
  void wake() {
    if (wakeUps.availablePermits() < THREADS) {
      wakeUps.release();
    }
  }

  private void run() {
    while (running) {
      try {
        clean();
        pass();
      } catch (RuntimeException e) {
        LOG.warn("Applications can't be moved on right now", e);
      }
      try {
        if (wakeUps.tryAcquire(SAFETY_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Takes every step that can be taken now. */
  void pass() {
    boolean moved = true;
    while (moved && !Thread.currentThread().isInterrupted()) {
      moved = false;
      UUID after = BEFORE_ALL;
      List<UUID> batch = next(after);
      while (!batch.isEmpty()) {
        for (UUID id : batch) {
          if (steps.advance(id)) {
            moved = true;
            changes.raise();
          }
        }
        after = batch.getLast();
        batch = next(after);
      }
    }
  }

  private List<UUID> next(UUID after) {
    return database.read(tx -> ApplicationTable.atWork(tx, after, clock.instant(), BATCH));
  }

  /** Forgets, once an hour, who never joined, and codes that nobody came back to. */
  void clean() {
    Instant now = clock.instant();
    if (cleaned.isAfter(now.minus(CLEANING))) {
      return;
    }
    cleaned = now;
    database.useTransaction(
        tx -> {
          ApplicationSteps.deleteFailed(tx, now.minus(UNCONFIRMED_KEPT), now.minus(REJECTED_KEPT))
              .forEach(person -> texts.forget(tx, person));
          codes.deleteOld(tx);
        });
  }
}
