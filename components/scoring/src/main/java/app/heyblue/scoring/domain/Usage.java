package app.heyblue.scoring.domain;

import app.heyblue.rules.LimitWindow;
import app.heyblue.scoring.domain.Limits.Bucket;
import app.heyblue.scoring.domain.Limits.Full;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far counters are used, while transactions that commit together count one after the other: of
 * two in one group the second counts the first.
 */
public final class Usage {
  /** A counter's day; null where its window has no days. */
  public record Day(String counterKey, @Nullable LocalDate day) {}

  /**
   * Uses to be written.
   *
   * @param by the transaction or hold that counts
   */
  public record Use(UUID by, Instant at, List<Bucket> buckets) {}

  private final Map<Day, Long> used;
  private final Map<String, List<Instant>> rolling;
  private final List<Use> counted = new ArrayList<>();

  /**
   * What was counted before.
   *
   * @param used by counter and day, of those that a limit asks about
   * @param rolling the newest uses of counters that a rolling limit asks about, newest first, as
   *     many as the limit allows
   */
  public Usage(Map<Day, Long> used, Map<String, List<Instant>> rolling) {
    this.used = new HashMap<>(used);
    this.rolling = new HashMap<>();
    rolling.forEach((key, uses) -> this.rolling.put(key, new ArrayList<>(uses)));
  }

  /**
   * Counts one use in each bucket.
   *
   * @throws app.heyblue.scoring.RuleForbids where a limit is used up; nothing is counted then
   */
  public void count(UUID by, Limits limits, List<Bucket> buckets) {
    List<Full> full = new ArrayList<>();
    for (Bucket bucket : buckets) {
      if (bucket.limited()) {
        long max = limits.max(bucket.counterKey()).orElse(Long.MAX_VALUE);
        if (bucket.window() == LimitWindow.ROLLING_24_HOURS) {
          addIfFull(full, bucket, max, limits.at());
        } else if (used.getOrDefault(day(bucket), 0L) >= max) {
          full.add(new Full(bucket.counterKey(), null));
        }
      }
    }
    limits.requireRoom(full);
    counted.add(new Use(by, limits.at(), buckets));
    for (Bucket bucket : buckets) {
      if (bucket.window() == LimitWindow.ROLLING_24_HOURS) {
        List<Instant> uses = rolling.computeIfAbsent(bucket.counterKey(), key -> new ArrayList<>());
        int place = Collections.binarySearch(uses, limits.at(), Comparator.<Instant>reverseOrder());
        uses.add(place < 0 ? -place - 1 : place, limits.at());
      } else {
        used.merge(day(bucket), 1L, Long::sum);
      }
    }
  }

  /** What was counted here, in its order. */
  public List<Use> counted() {
    return List.copyOf(counted);
  }

  // Where as many uses as are allowed lie within the window, the earliest of them has to leave.
  // Uses after the moment count as well: of two at once, the one that is paid first may be the
  // later one.
  private void addIfFull(List<Full> full, Bucket bucket, long max, Instant at) {
    if (max < 1) {
      full.add(new Full(bucket.counterKey(), null));
      return;
    }
    List<Instant> uses = rolling.getOrDefault(bucket.counterKey(), List.of());
    if (uses.size() >= max) {
      Instant leaves = uses.get((int) max - 1);
      if (leaves.isAfter(at.minus(Limits.ROLLING))) {
        full.add(new Full(bucket.counterKey(), leaves.plus(Limits.ROLLING)));
      }
    }
  }

  private static Day day(Bucket bucket) {
    return new Day(bucket.counterKey(), bucket.day());
  }
}
