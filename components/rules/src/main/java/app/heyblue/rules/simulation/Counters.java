package app.heyblue.rules.simulation;

import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.Counter;
import app.heyblue.rules.LimitWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often something was paid, as the ledger counts it, but in memory: only what some limit asks
 * for, and days and windows only as long as they matter. Payments are told in the order of time.
 */
final class Counters {
  private static final int DAYS_KEPT = 3;

  private final Predicate<Counter> wanted;
  private final Map<String, Map<LocalDate, Long>> days = new HashMap<>();
  private final Map<String, Long> totals = new HashMap<>();
  private final Map<String, Uses> rolling = new HashMap<>();
  private LocalDate today = LocalDate.MIN;

  /**
   * @param wanted the counters that some limit may ask for
   */
  Counters(Predicate<Counter> wanted) {
    this.wanted = wanted;
  }

  /** Whether no limit is used up at that moment. */
  boolean hasRoom(List<AppliedLimit> limits, Instant at, ZoneId zone) {
    return limits.stream()
        .allMatch(limit -> used(limit.counterKey(), limit.window(), at, zone) < limit.max());
  }

  /** Counts one payment. */
  void count(List<Counter> counters, Instant at, ZoneId zone) {
    LocalDate day = at.atZone(zone).toLocalDate();
    forgetBefore(day, at);
    for (Counter counter : counters) {
      if (wanted.test(counter)) {
        String key = counter.counterKey();
        switch (counter.window()) {
          case CALENDAR_DAY ->
              days.computeIfAbsent(key, first -> new HashMap<>(2)).merge(day, 1L, Long::sum);
          case ROLLING_24_HOURS -> rolling.computeIfAbsent(key, first -> new Uses()).add(at);
          case TOTAL -> totals.merge(key, 1L, Long::sum);
        }
      }
    }
  }

  private long used(String key, LimitWindow window, Instant at, ZoneId zone) {
    return switch (window) {
      case CALENDAR_DAY ->
          days.getOrDefault(key, Map.of()).getOrDefault(at.atZone(zone).toLocalDate(), 0L);
      case ROLLING_24_HOURS -> {
        Uses uses = rolling.get(key);
        yield uses == null ? 0 : uses.within(at);
      }
      case TOTAL -> totals.getOrDefault(key, 0L);
    };
  }

  private void forgetBefore(LocalDate day, Instant at) {
    if (!day.isAfter(today)) {
      return;
    }
    today = day;
    LocalDate oldest = day.minusDays(DAYS_KEPT);
    days.values()
        .removeIf(
            used -> {
              used.keySet().removeIf(kept -> kept.isBefore(oldest));
              return used.isEmpty();
            });
    rolling.values().removeIf(uses -> uses.within(at) == 0);
  }
}
