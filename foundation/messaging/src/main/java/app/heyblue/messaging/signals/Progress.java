package app.heyblue.messaging.signals;

import app.heyblue.messaging.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How often consumers of this process have moved on, for any number of threads that wait. */
public final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private long count;

  private record Listener(Stream stream, Runnable listener) {}

  /** A consumer couldn't take in an event, once. */
  public void failed(String consumer) {
    failures.computeIfAbsent(consumer, name -> new LongAdder()).increment();
  }

  /** How often that was so in this process. */
  public long failures(String consumer) {
    LongAdder counted = failures.get(consumer);
    return counted == null ? 0 : counted.sum();
  }

  public void listen(Stream stream, Runnable listener) {
    listeners.add(new Listener(stream, listener));
  }

  /** Tells everybody who listens to the stream; called after each commit. */
  public void happened(Stream stream) {
    lock.lock();
    try {
      count++;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    for (Listener one : listeners) {
      if (one.stream() == stream) {
        one.listener().run();
      }
    }
  }

  /** A number to take before looking, so that nothing between looking and waiting is missed. */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the count is another than the one seen, or until the time is over. */
  public void awaitAfter(long seen, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (count == seen && left > 0) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
