package app.heyblue.notifications.live;

import java.time.Duration;

/**
 * How much may come in a time, as a bucket that leaks (GCRA, ITU-T I.371): one number a socket. For
 * one thread.
 */
final class Allowance {
  private final long interval;
  private final long tolerance;
  private long emptyAt;

  /**
   * An allowance that is full.
   *
   * @param most may come at once, and as many again in each {@code span}
   */
  Allowance(int most, Duration span, long now) {
    this.interval = span.toNanos() / most;
    this.tolerance = span.toNanos();
    this.emptyAt = now;
  }

  /** Counts one; false where it's too many. */
  boolean take(long now) {
    emptyAt = Math.max(emptyAt, now) + interval;
    return emptyAt - now <= tolerance;
  }
}
