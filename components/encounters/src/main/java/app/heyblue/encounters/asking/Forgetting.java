package app.heyblue.encounters.asking;

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

/** Lets memory forget who asked whom, even when nobody asks any more. */
@ApplicationScoped
class Forgetting {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final OpenRequests open;
  private final AskingBudget budget;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Forgetting(OpenRequests open, AskingBudget budget, Clock clock) {
    this.open = open;
    this.budget = budget;
    this.clock = clock;
  }

  void start(@Observes @Priority(1000) StartupEvent started) {
    Thread.ofVirtual().name("heyblue-request-forgetting").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void run() {
    try {
      while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant now = clock.instant();
        open.forget(now);
        budget.forget(now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
