package app.heyblue.security.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How guessing gets slower: so many failures are free, from then on each doubles the wait, from a
 * second up to a minute; nobody waits for longer.
 *
 * @param free 1 to 1,000
 */
record Backoff(int free) {
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** An hour without an attempt starts anew. */
  static final Duration FORGOTTEN = Duration.ofHours(1);

  /** Failures, and until when no further attempt is made. */
  record Failures(int count, Instant blockedUntil) {
    static final Failures NONE = new Failures(0, Instant.MIN);
  }

  Failures after(Failures before, Instant now) {
    int count = Math.min(before.count(), 1_000_000) + 1;
    return new Failures(count, now.plus(wait(count)));
  }

  private Duration wait(int failures) {
    if (failures < free) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(failures - free, 20));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
