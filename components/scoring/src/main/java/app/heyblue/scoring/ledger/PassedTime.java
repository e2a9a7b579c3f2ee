package app.heyblue.scoring.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time as the clock tells it, but never further on than has passed since this was made: where
 * the clock jumps ahead, nothing is thrown away before its time.
 */
final class PassedTime {
  private final Clock clock;
  private final LongSupplier nanos;
  private final Instant begin;
  private final long beginNanos;

  /** With a stopwatch, in nanoseconds. */
  PassedTime(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.begin = clock.instant();
    this.beginNanos = nanos.getAsLong();
  }

  Instant now() {
    Instant told = clock.instant();
    Instant passed = begin.plusNanos(nanos.getAsLong() - beginNanos);
    return told.isBefore(passed) ? told : passed;
  }
}
