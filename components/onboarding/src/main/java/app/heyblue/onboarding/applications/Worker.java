package app.heyblue.onboarding.applications;

import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.onboarding.postgres.ApplicationTable.Due;
import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Moves applications on: when one was confirmed or approved, when a consumer has moved on, and
 * every two seconds in case a signal went to another process. It waits for no step itself.
 */
@ApplicationScoped
class Worker {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration SAFETY_POLL = Duration.ofSeconds(2);
  private static final Duration STOPPING = Duration.ofSeconds(8);
  private static final int BATCH = 100;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Database database;
  private final Clock clock;
  private final Steps steps;
  private final Upkeep upkeep;
  private final Changes changes;
  private final Streams streams;
  private final Lanes lanes = new Lanes();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile boolean running;

  Worker(
      Database database,
      Clock clock,
      Steps steps,
      Upkeep upkeep,
      Changes changes,
      Streams streams) {
    this.database = database;
    this.clock = clock;
    this.steps = steps;
    this.upkeep = upkeep;
    this.changes = changes;
    this.streams = streams;
  }

  void start(@Observes @Priority(1000) StartupEvent event) {
    running = true;
    streams.onProgress(Stream.USERS, this::wake);
    thread = Thread.ofVirtual().name("heyblue-onboarding").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    wake();
    Thread sweeping = thread;
    if (sweeping != null && !sweeping.join(STOPPING)) {
      sweeping.interrupt();
    }
    lanes.close(STOPPING);
  }

  /** Says that there may be something to do. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  private void run() {
    while (running) {
      try {
        upkeep.run();
        sweep();
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

  /**
   * Begins every step that can be taken now.
   *
   * @return those that it began; each answers whether it moved its application
   */
  List<Future<Boolean>> sweep() {
    List<Future<Boolean>> begun = new ArrayList<>();
    UUID after = BEFORE_ALL;
    List<Due> batch = next(after);
    while (!batch.isEmpty()) {
      for (Due due : batch) {
        lanes.run(lane(due), due.id(), () -> step(due.id()), this::wake).ifPresent(begun::add);
      }
      after = batch.getLast().id();
      batch = next(after);
    }
    return begun;
  }

  private boolean step(UUID id) {
    try {
      boolean moved = steps.advance(id);
      if (moved) {
        changes.raise();
      }
      return moved;
    } catch (RuntimeException e) {
      LOG.warn("An application can't be moved on right now", e);
      return false;
    }
  }

  /** Kinds share no validators' time; what follows the verdict waits for none. */
  private static String lane(Due due) {
    return due.status() == ApplicationStatus.VERIFYING ? due.kind().toString() : "admitting";
  }

  private List<Due> next(UUID after) {
    return database.read(tx -> ApplicationTable.atWork(tx, after, clock.instant(), BATCH));
  }
}
