package app.heyblue.tracking.near;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.tracking.TrackingConfig;
import app.heyblue.tracking.TrackingProblems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each person has looked for officers today (UTC), in memory: whoever can restart the
 * server has better ways.
 */
@ApplicationScoped
public class NearbyBudget {
  private final int most;
  private final Clock clock;
  private volatile Day today = new Day(Instant.MIN);

  /** The counts of one day. */
  private record Day(Instant begin, Map<UserId, Integer> counts) {
    Day(Instant begin) {
      this(begin, new ConcurrentHashMap<>());
    }
  }

  public NearbyBudget(TrackingConfig config, Clock clock) {
    this.most = config.nearbyPerDay();
    this.clock = clock;
  }

  /**
   * Counts one look.
   *
   * @throws ProblemException ({@code nearby-budget} with {@code Retry-After}) where there's none
   *     left
   */
  public void take(UserId person) {
    Instant now = clock.instant();
    Day day = day(now.truncatedTo(ChronoUnit.DAYS));
    if (day.counts().merge(person, 1, Integer::sum) > most) {
      throw new ProblemException(
          TrackingProblems.NEARBY_BUDGET,
          "You may look " + most + " times a day; the next day begins at midnight UTC.",
          List.of(),
          Map.of(),
          Duration.between(now, day.begin().plus(Duration.ofDays(1))));
    }
  }

  private Day day(Instant begin) {
    Day day = today;
    if (begin.isAfter(day.begin())) {
      synchronized (this) {
        day = today;
        if (begin.isAfter(day.begin())) {
          day = new Day(begin);
          today = day;
        }
      }
    }
    return day;
  }
}
