package app.heyblue.security.identity;

import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Learns twice a second which sessions ended in other processes, and once an hour ends those that
 * nobody renewed and deletes what is long over.
 */
@ApplicationScoped
class SessionKeeper {
  private static final Logger LOG = Logger.getLogger(SessionKeeper.class);
  private static final Duration LISTEN_EVERY = Duration.ofMillis(500);
  private static final Duration CLEAN_EVERY = Duration.ofHours(1);
  // What a slow commit or another machine's clock may lag behind.
  private static final Duration OVERLAP = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration FOREIGN_KEPT = Duration.ofDays(180);
  private static final Duration DEVICES_KEPT = Duration.ofDays(365);
  private static final int BATCH = 500;

  private final Database database;
  private final Sessions sessions;
  private final EndedSessions ended;
  private final SignInAttempts attempts;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Instant heardUntil = Instant.MIN;
  private Instant nextCleaning = Instant.MIN;
  private @Nullable Thread thread;

  SessionKeeper(
      Database database,
      Sessions sessions,
      EndedSessions ended,
      SignInAttempts attempts,
      Clock clock) {
    this.database = database;
    this.sessions = sessions;
    this.ended = ended;
    this.attempts = attempts;
    this.clock = clock;
  }

  void start(@Observes @Priority(60) StartupEvent event) {
    listen();
    thread = Thread.ofVirtual().name("heyblue-sessions").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(Duration.ofSeconds(5));
    }
  }

  private void run() {
    boolean failing = false;
    try {
      while (!stopped.await(LISTEN_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          listen();
          if (!clock.instant().isBefore(nextCleaning)) {
            clean();
            nextCleaning = clock.instant().plus(CLEAN_EVERY);
          }
          failing = false;
        } catch (RuntimeException e) {
          if (!failing) {
            LOG.warn("Sessions that ended elsewhere can't be read; trying on", e);
          }
          failing = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes in the sessions that ended since the last time, anywhere. */
  void listen() {
    Instant now = clock.instant();
    Instant oldest = now.minus(EndedSessions.REMEMBERED);
    Instant newest = now.minus(OVERLAP);
    // After a clock that was ahead has been set back, too.
    Instant since = heardUntil.isBefore(oldest) || heardUntil.isAfter(newest) ? oldest : heardUntil;
    database
        .read(tx -> SessionTable.endedSince(tx, since))
        .forEach(session -> ended.add(session.sessionId(), session.at()));
    heardUntil = newest;
    ended.forget(now);
  }

  void clean() {
    while (stopped.getCount() > 0 && sessions.expire(BATCH) == BATCH) {
      // The next batch in a transaction of its own.
    }
    database.useTransaction(
        tx -> {
          Instant now = clock.instant();
          SessionTable.purge(tx, now.minus(KEPT), now.minus(FOREIGN_KEPT));
          attempts.purge(tx);
          KnownDevices.purge(tx, now.minus(DEVICES_KEPT));
        });
  }
}
