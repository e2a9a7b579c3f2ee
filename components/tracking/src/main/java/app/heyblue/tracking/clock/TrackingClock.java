package app.heyblue.tracking.clock;

import app.heyblue.tracking.TrackingConfig;
import app.heyblue.tracking.near.Proximity;
import app.heyblue.tracking.near.RulesPolicy;
import app.heyblue.tracking.sharing.Sharing;
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

/**
 * Lets time pass in tracking: dwells are over and sharing ends within a tenth of a second, and the
 * slow clock ticks at the same moments for everybody, whole multiples of its period.
 */
@ApplicationScoped
public class TrackingClock {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration ASK = Duration.ofMillis(400);
  private static final long LEAST_TICK = Duration.ofSeconds(1).toMillis();
  private static final long MOST_TICK = Duration.ofMinutes(10).toMillis();
  private static final Logger LOG = Logger.getLogger(TrackingClock.class);

  private final Proximity proximity;
  private final RulesPolicy policy;
  private final Sharing sharing;
  private final Clock clock;
  private final long tickMillis;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private long tick;

  public TrackingClock(
      Proximity proximity,
      RulesPolicy policy,
      Sharing sharing,
      TrackingConfig config,
      Clock clock) {
    this.proximity = proximity;
    this.policy = policy;
    this.sharing = sharing;
    this.clock = clock;
    this.tickMillis = config.publishEvery().toMillis();
    requireUsable(config);
    this.tick = tick(clock.instant());
  }

  private static void requireUsable(TrackingConfig config) {
    if (config.cellResolution() < 5 || config.cellResolution() > 8) {
      throw new IllegalArgumentException("heyblue.tracking.cell-resolution is 5 to 8");
    }
    long tick = config.publishEvery().toMillis();
    if (tick < LEAST_TICK || tick > MOST_TICK) {
      throw new IllegalArgumentException(
          "heyblue.tracking.publish-every is a second to ten minutes");
    }
    if (config.nearbyPerDay() < 1 || config.nearbyPerDay() > 10_000) {
      throw new IllegalArgumentException("heyblue.tracking.nearby-per-day is 1 to 10000");
    }
  }

  void start(@Observes @Priority(1000) StartupEvent started) {
    Thread.ofPlatform().daemon().name("heyblue-tracking-clock").start(() -> run(STEP, this::step));
    // By itself: the rules may have to wait for the database, and time mustn't.
    Thread.ofVirtual().name("heyblue-tracking-rules").start(() -> run(ASK, policy::refresh));
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void run(Duration every, Runnable work) {
    try {
      while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          work.run();
        } catch (RuntimeException e) {
          // Its message might quote a place.
          LOG.errorf("Tracking couldn't go on for a moment: %s", e.getClass().getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is due by now. */
  public void step() {
    Instant now = clock.instant();
    sharing.sweep();
    long current = tick(now);
    // Also where the clock was set back: what was published mustn't stand still until then.
    if (current != tick) {
      tick = current;
      proximity.publish(now);
    }
    proximity.pass(now);
  }

  private long tick(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), tickMillis);
  }
}
