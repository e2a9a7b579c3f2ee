package app.heyblue.messaging.signals;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the one thread that waits for it. Signals that nobody has heard yet count as one. */
public final class Signal {
  private final Semaphore raised = new Semaphore(0);

  public void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /**
   * Waits until it is raised.
   *
   * @return false when the time is over first
   */
  public boolean await(Duration atMost) throws InterruptedException {
    boolean heard = raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    raised.drainPermits();
    return heard;
  }
}
