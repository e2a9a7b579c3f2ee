package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.Counter;
import app.heyblue.rules.Decision;
import app.heyblue.rules.LimitWindow;
import app.heyblue.scoring.RuleForbids;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction counts in, and how far it may.
 *
 * @param counters all that count, whether limited or not
 * @param limits what the deciding rule limits
 * @param zone whose calendar days count
 * @param at the moment whose day and whose rolling window it is
 */
public record Limits(List<Counter> counters, List<AppliedLimit> limits, ZoneId zone, Instant at) {
  public static final Limits NONE = new Limits(List.of(), List.of(), ZoneOffset.UTC, Instant.EPOCH);

  /** How long a rolling window is. */
  public static final Duration ROLLING = Duration.ofHours(24);

  /**
   * A counter in the bucket of one moment.
   *
   * @param day null where the window has no days
   * @param limited whether the deciding rule limits it
   * @param shared whether others than the transaction's parties count in it, as in a rule's
   */
  public record Bucket(
      String counterKey,
      LimitWindow window,
      @Nullable LocalDate day,
      boolean limited,
      boolean shared) {}

  /** A counter that is used up; {@code roomAt} is when a rolling window leaves room again. */
  public record Full(String counterKey, @Nullable Instant roomAt) {}

  public static Limits of(Decision decision, ZoneId zone, Instant at) {
    return new Limits(decision.counters(), decision.limits(), zone, at);
  }

  /**
   * Where the transaction counts, each counter once.
   *
   * @param parties whose accounts the transaction locks
   */
  public List<Bucket> buckets(List<UserId> parties) {
    Map<String, LimitWindow> windows = new LinkedHashMap<>();
    counters.forEach(counter -> windows.put(counter.counterKey(), counter.window()));
    limits.forEach(limit -> windows.put(limit.counterKey(), limit.window()));
    List<Bucket> buckets = new ArrayList<>();
    windows.forEach((key, window) -> buckets.add(bucket(key, window, parties)));
    return List.copyOf(buckets);
  }

  /** The least that a counter is limited to; empty where nothing limits it. */
  public Optional<Long> max(String counterKey) {
    return limits.stream()
        .filter(limit -> limit.counterKey().equals(counterKey))
        .map(AppliedLimit::max)
        .min(Long::compare);
  }

  /**
   * Refuses where counters are used up.
   *
   * @throws RuleForbids naming each limit and when to try again
   */
  public void requireRoom(List<Full> full) {
    List<String> explanation = new ArrayList<>();
    List<Optional<Instant>> room = new ArrayList<>();
    for (Full counter : full) {
      for (AppliedLimit limit : limits) {
        if (limit.counterKey().equals(counter.counterKey())) {
          Optional<Instant> again = roomAt(limit, counter);
          explanation.add(sentence(limit, again));
          room.add(again);
        }
      }
    }
    if (!explanation.isEmpty()) {
      throw new RuleForbids(explanation, retryAfter(room));
    }
  }

  private Optional<Instant> roomAt(AppliedLimit limit, Full full) {
    if (limit.max() < 1) {
      return Optional.empty();
    }
    return switch (limit.window()) {
      case CALENDAR_DAY ->
          Optional.of(at.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant());
      case ROLLING_24_HOURS -> Optional.ofNullable(full.roomAt());
      case TOTAL -> Optional.empty();
    };
  }

  private String sentence(AppliedLimit limit, Optional<Instant> again) {
    String times = limit.max() == 1 ? "once" : limit.max() + " times";
    String window =
        switch (limit.window()) {
          case CALENDAR_DAY -> "a calendar day (" + zone + ")";
          case ROLLING_24_HOURS -> "24 hours";
          case TOTAL -> "all";
        };
    return "The rule pays "
        + times
        + " in "
        + window
        + ", and that is used up"
        + again.map(when -> "; try again at " + when).orElse("")
        + ".";
  }

  private @Nullable Duration retryAfter(List<Optional<Instant>> room) {
    if (room.stream().anyMatch(Optional::isEmpty)) {
      return null;
    }
    return room.stream()
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .map(when -> Duration.between(at, when))
        .orElse(null);
  }

  private Bucket bucket(String key, LimitWindow window, List<UserId> parties) {
    LocalDate day =
        switch (window) {
          case CALENDAR_DAY -> at.atZone(zone).toLocalDate();
          case ROLLING_24_HOURS, TOTAL -> null;
        };
    return new Bucket(
        key,
        window,
        day,
        max(key).isPresent(),
        parties.stream().noneMatch(party -> key.contains(party.toString())));
  }
}
