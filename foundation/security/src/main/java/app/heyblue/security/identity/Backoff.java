package app.heyblue.security.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How guessing gets slower: so many failures are free, from then on each doubles the wait, from a
 * second up to a minute; nobody waits for longer.
 *
 * @param free 1 to 1,000
 * @param forgottenEach in which time one failure is forgotten though attempts go on; zero for never
 */
record Backoff(int free, Duration forgottenEach) {
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** An hour without an attempt starts anew. */
  static final Duration FORGOTTEN = Duration.ofHours(1);

  /** From so many beyond the free ones on, the wait is the longest. */
  private static final int STEPS = 7;

  /**
   * Failures, and until when no further attempt is made.
   *
   * @param at up to when they are counted, and those forgotten that were to be
   */
  record Failures(int count, Instant blockedUntil, Instant at) {
    static Failures none(Instant now) {
      return new Failures(0, now, now);
    }

    /** As if the attempt hadn't been made that led from one to the other. */
    Failures without(Failures before, Failures after) {
      return new Failures(
          Math.max(0, count - 1),
          blockedUntil.equals(after.blockedUntil()) ? before.blockedUntil() : blockedUntil,
          at);
    }
  }

  /**
   * The failures as they count now. A pause that is longer than any comes from before the clock was
   * set back: it would keep the owner out for as long as the clock had jumped.
   */
  static Failures seenAt(Failures kept, Instant now) {
    // Twice, as the clocks of two processes differ a little.
    return kept.blockedUntil().isAfter(now.plus(LONGEST.multipliedBy(2)))
        ? new Failures(kept.count(), now, now)
        : kept;
  }

  Failures after(Failures before, Instant now) {
    long forgotten = 0;
    if (forgottenEach.isPositive() && now.isAfter(before.at())) {
      forgotten = Duration.between(before.at(), now).dividedBy(forgottenEach);
    }
    int left = (int) Math.max(0, before.count() - forgotten);
    // What is left of the time counts on.
    Instant at =
        left == 0 || forgottenEach.isZero()
            ? now
            : before.at().plus(forgottenEach.multipliedBy(forgotten));
    int count = Math.min(left + 1, free + STEPS);
    return new Failures(count, now.plus(wait(count)), at);
  }

  private Duration wait(int failures) {
    if (failures < free) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(failures - free, 20));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
