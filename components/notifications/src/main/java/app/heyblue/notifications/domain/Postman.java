package app.heyblue.notifications.domain;

import app.heyblue.notifications.Letter;
import app.heyblue.notifications.postgres.LetterTable;
import app.heyblue.notifications.postgres.LetterTable.Leased;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers queued letters: when one was posted, and every ten seconds for those whose pause is over
 * and for what another process left behind. A letter is leased, sent, then marked; where a process
 * dies in between, the lease ends and the letter goes out again.
 */
@ApplicationScoped
public class Postman {
  /** Longer than a mail server is waited for, with room for a slow database. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Logger LOG = Logger.getLogger(Postman.class);
  private static final Duration SAFETY_POLL = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int PAUSE_GROWTH = 3;
  // How many go out at once; more would only queue at the server.
  private static final int BATCH = 8;
  // As long as anybody asks "did you mail me?", and far longer than anybody repeats a step.
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration CLEANING = Duration.ofHours(1);
  private static final Duration STOPPING = Duration.ofSeconds(8);

  private final Database database;
  private final Clock clock;
  private final Envelopes envelopes;
  private final Carrier carrier;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopped;
  private Instant cleaned = Instant.MIN;
  private @Nullable Thread thread;

  public Postman(Database database, Clock clock, Envelopes envelopes, Carrier carrier) {
    this.database = database;
    this.clock = clock;
    this.envelopes = envelopes;
    this.carrier = carrier;
  }

  void start(@Observes @Priority(1000) StartupEvent event) {
    thread = Thread.ofVirtual().name("heyblue-mail").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    wakeUps.release();
    if (thread != null && !thread.join(STOPPING)) {
      thread.interrupt();
    }
  }

  /** Says that a letter was queued. */
  void wake() {
    wakeUps.release();
  }

  private void run() {
    while (!stopped) {
      try {
        clean();
        pass();
      } catch (RuntimeException e) {
        LOG.warn("Letters can't be delivered right now", e);
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

  /** Delivers what is due. */
  public void pass() {
    while (!stopped) {
      List<Leased> batch = next();
      if (batch.isEmpty()) {
        return;
      }
      try (var senders =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name("heyblue-mail-", 1).factory())) {
        batch.forEach(leased -> senders.execute(() -> deliver(leased)));
      }
    }
  }

  private List<Leased> next() {
    return database.inTransaction(tx -> LetterTable.lease(tx, clock.instant(), LEASE, BATCH));
  }

  private void deliver(Leased leased) {
    try {
      if (isTooOld(leased)) {
        LOG.warnf("Letter %s (%s) is given up: too old", leased.id(), leased.template());
        database.useTransaction(tx -> LetterTable.expire(tx, leased.id(), clock.instant()));
        return;
      }
      Outcome outcome = send(leased);
      database.useTransaction(
          tx -> {
            switch (outcome) {
              case Outcome.Accepted() -> LetterTable.confirm(tx, leased.id(), clock.instant());
              case Outcome.Later(String why) ->
                  LetterTable.retryAt(
                      tx, leased.id(), why, clock.instant().plus(pause(leased.attempts())));
              case Outcome.Never(String why) -> {
                LetterTable.giveUp(tx, leased.id(), why, clock.instant());
                LOG.warnf("Letter %s (%s) is given up: %s", leased.id(), leased.template(), why);
              }
            }
          });
    } catch (RuntimeException e) {
      // The lease ends, and its turn comes again.
      LOG.warnf(e, "Letter %s can't be delivered right now", leased.id());
    }
  }

  private boolean isTooOld(Leased leased) {
    return !clock.instant().isBefore(leased.expiresAt());
  }

  private Outcome send(Leased leased) {
    Letter letter;
    try {
      letter = envelopes.open(leased);
    } catch (IllegalArgumentException e) {
      return new Outcome.Never("unreadable");
    }
    return carrier.carry(letter);
  }

  /** After the nth attempt: 10 s, 30 s, 90 s and so on, an hour at most. */
  static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(PAUSE_GROWTH);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Forgets, once an hour, what went out or was given up long ago. */
  void clean() {
    Instant now = clock.instant();
    if (cleaned.isBefore(now.minus(CLEANING))) {
      cleaned = now;
      database.useTransaction(tx -> LetterTable.deleteDoneBefore(tx, now.minus(KEPT)));
    }
  }
}
