package app.heyblue.onboarding.applications;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Threads for steps, so many per lane: what waits in one lane for a slow validator holds up nobody
 * in another.
 */
final class Lanes {
  private static final int WIDTH = 8;

  private final Map<String, Semaphore> lanes = new ConcurrentHashMap<>();
  private final Set<UUID> underway = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean turnedAway = new AtomicBoolean();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("heyblue-onboarding-", 1).factory());

  /**
   * Runs the step of an application on a thread of a lane.
   *
   * @param step answers whether it moved something
   * @param again is called at the end where there may be more to do: something moved, or somebody
   *     was turned away
   * @return empty where it is underway already, or the lane is full
   */
  Optional<Future<Boolean>> run(
      String lane, UUID application, BooleanSupplier step, Runnable again) {
    Semaphore width = lanes.computeIfAbsent(lane, any -> new Semaphore(WIDTH));
    if (!width.tryAcquire()) {
      turnedAway.set(true);
      return Optional.empty();
    }
    if (!underway.add(application)) {
      width.release();
      return Optional.empty();
    }
    return Optional.of(
        threads.submit(
            () -> {
              boolean moved = false;
              try {
                moved = step.getAsBoolean();
              } finally {
                underway.remove(application);
                width.release();
                boolean missed = turnedAway.getAndSet(false);
                if (moved || missed) {
                  again.run();
                }
              }
              return moved;
            }));
  }

  /** Lets the steps that run end, and interrupts those that don't in time. */
  void close(Duration patience) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
  }
}
