package app.heyblue.encounters.asking;

import app.heyblue.kernel.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a civilian may ask: so many at once and as many again, evenly, over an hour and over a
 * day. Every asking counts, whatever comes of it. By the generic cell rate algorithm (ITU-T I.371),
 * so that of each civilian two moments are remembered and no history.
 */
@ApplicationScoped
class AskingBudget {
  static final int AN_HOUR = 30;
  static final int A_DAY = 100;

  private record Pace(Duration window, int permits) {
    /** When all permits are back after one more is taken. */
    Instant take(Instant full, Instant now) {
      Instant latest = now.plus(window); // A clock that was set back puts nothing off further.
      Instant before = full.isBefore(now) ? now : full.isAfter(latest) ? latest : full;
      return before.plus(window.dividedBy(permits));
    }

    /** How long to wait, zero or less for not at all, until that many permits are there. */
    Duration wait(Instant full, Instant now) {
      return Duration.between(now.plus(window), full);
    }
  }

  private static final Pace HOURLY = new Pace(Duration.ofHours(1), AN_HOUR);
  private static final Pace DAILY = new Pace(Duration.ofDays(1), A_DAY);

  /** When the civilian has all permits of each kind back. */
  private record Spent(Instant ofHour, Instant ofDay) {}

  private final Map<UserId, Spent> spent = new HashMap<>();

  /** Takes a permit; how long to wait where there is none, else zero. */
  synchronized Duration take(UserId civilian, Instant now) {
    Spent before = spent.getOrDefault(civilian, new Spent(now, now));
    Spent after = new Spent(HOURLY.take(before.ofHour(), now), DAILY.take(before.ofDay(), now));
    Duration hour = HOURLY.wait(after.ofHour(), now);
    Duration day = DAILY.wait(after.ofDay(), now);
    Duration wait = hour.compareTo(day) > 0 ? hour : day;
    if (wait.isPositive()) {
      return wait;
    }
    spent.put(civilian, after);
    return Duration.ZERO;
  }

  /** Forgets those who have all permits back. */
  synchronized void forget(Instant now) {
    spent.values().removeIf(one -> !one.ofHour().isAfter(now) && !one.ofDay().isAfter(now));
  }

  synchronized int size() {
    return spent.size();
  }
}
