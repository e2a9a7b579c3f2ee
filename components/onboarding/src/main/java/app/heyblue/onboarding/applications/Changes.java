package app.heyblue.onboarding.applications;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A signal that some application has moved on, for those who wait for one. */
@ApplicationScoped
class Changes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long count;

  /** How often it was raised; read it before looking at what one waits for. */
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void raise() {
    lock.lock();
    try {
      count++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is raised again since that count, or the time is over. */
  void await(long seen, Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lock();
    try {
      while (count == seen && nanos > 0) {
        nanos = raised.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
