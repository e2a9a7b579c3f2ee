package app.heyblue.scoring.postgres;

import app.heyblue.rules.LimitWindow;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Limits.Bucket;
import app.heyblue.scoring.domain.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How often counters were used.
 *
 * <p>A limited use locks its counter until its transaction ends, so that of two at once the second
 * counts the first: by a party's account, which is locked already, where the counter belongs to the
 * party; else by the counter's row of shard 0, in the order of keys. Uses that nothing limits count
 * too, for limits to come; in a counter that strangers share, such as a rule's, they spread over
 * shards, so that nobody waits for somebody else's transaction only to be counted. A limited use
 * that doesn't see such a one yet comes before it.
 */
public final class LimitTable {
  private static final int SHARDS = 16;

  private LimitTable() {}

  /**
   * What is about to count.
   *
   * @param buckets of the limits, for the parties of the transaction
   */
  public record Want(Limits limits, List<Bucket> buckets) {}

  /** A row of counters. */
  private record Row(String key, @Nullable LocalDate day, int shard) {
    static final Comparator<Row> ORDER =
        Comparator.comparing(Row::key).thenComparing(Row::dayText).thenComparingInt(Row::shard);

    String dayText() {
      return day == null ? "infinity" : day.toString();
    }
  }

  /** Locks the counters that are limited and tells how far they are used. */
  public static Usage load(Handle tx, List<Want> wants) {
    Map<Row, Integer> locks = new TreeMap<>(Row.ORDER);
    Set<Usage.Day> days = new LinkedHashSet<>();
    Map<String, Rolling> rolling = new HashMap<>();
    for (Want want : wants) {
      for (Bucket bucket : want.buckets()) {
        if (bucket.limited()) {
          if (bucket.shared()) {
            locks.put(new Row(bucket.counterKey(), bucket.day(), 0), 0);
          }
          if (bucket.window() == LimitWindow.ROLLING_24_HOURS) {
            Rolling asked =
                new Rolling(
                    want.limits().at().minus(Limits.ROLLING),
                    want.limits().max(bucket.counterKey()).orElse(0L));
            rolling.merge(bucket.counterKey(), asked, Rolling::and);
          } else {
            days.add(new Usage.Day(bucket.counterKey(), bucket.day()));
          }
        }
      }
    }
    add(tx, locks);
    return new Usage(used(tx, days), uses(tx, rolling));
  }

  /** Writes what was counted. */
  public static void write(Handle tx, Usage usage) {
    Map<Row, Integer> rows = new TreeMap<>(Row.ORDER);
    List<String> keys = new ArrayList<>();
    List<String> times = new ArrayList<>();
    List<UUID> users = new ArrayList<>();
    for (Usage.Use use : usage.counted()) {
      for (Bucket bucket : use.buckets()) {
        if (bucket.window() == LimitWindow.ROLLING_24_HOURS) {
          keys.add(bucket.counterKey());
          times.add(use.at().toString());
          users.add(use.by());
        } else {
          rows.merge(row(bucket, use.by()), 1, Integer::sum);
        }
      }
    }
    add(tx, rows);
    if (!keys.isEmpty()) {
      tx.createUpdate(
              """
              insert into scoring.limit_use (counter_key, used_at, used_by)
              select key, at::timestamptz, by from unnest(:keys, :times, :users) as u(key, at, by)
              """)
          .bindArray("keys", String.class, keys)
          .bindArray("times", String.class, times)
          .bindArray("users", UUID.class, users)
          .execute();
    }
  }

  /** Takes back what a hold counted in. */
  public static void giveBack(Handle tx, UUID by, List<Bucket> buckets) {
    Map<Row, Integer> locks = new TreeMap<>(Row.ORDER);
    Map<Row, Integer> rows = new TreeMap<>(Row.ORDER);
    List<String> rolling = new ArrayList<>();
    for (Bucket bucket : buckets) {
      if (bucket.limited() && bucket.shared()) {
        locks.put(new Row(bucket.counterKey(), bucket.day(), 0), 0);
      }
      if (bucket.window() == LimitWindow.ROLLING_24_HOURS) {
        rolling.add(bucket.counterKey());
      } else {
        rows.merge(row(bucket, by), -1, Integer::sum);
      }
    }
    add(tx, locks); // first, as whoever counts does
    add(tx, rows);
    if (!rolling.isEmpty()) {
      tx.createUpdate(
              "delete from scoring.limit_use where counter_key = any(:keys) and used_by = :by")
          .bindArray("keys", String.class, rolling)
          .bind("by", by)
          .execute();
    }
  }

  /**
   * What rolling limits ask about a counter.
   *
   * @param most how many of the newest uses decide
   */
  private record Rolling(Instant since, long most) {
    Rolling and(Rolling other) {
      return new Rolling(
          since.isBefore(other.since) ? since : other.since, Math.max(most, other.most));
    }
  }

  // Rows that are there are locked even where nothing is added.
  private static void add(Handle tx, Map<Row, Integer> rows) {
    if (rows.isEmpty()) {
      return;
    }
    tx.createUpdate(
            """
            insert into scoring.limit_counter as c (counter_key, bucket, shard, used)
            select key, day::date, shard, uses
            from unnest(:keys, :days, :shards, :uses) with ordinality
              as u(key, day, shard, uses, place)
            order by place
            on conflict (counter_key, bucket, shard) do update set used = c.used + excluded.used
            """)
        .bindArray("keys", String.class, rows.keySet().stream().map(Row::key).toList())
        .bindArray("days", String.class, rows.keySet().stream().map(Row::dayText).toList())
        .bindArray("shards", Integer.class, rows.keySet().stream().map(Row::shard).toList())
        .bindArray("uses", Integer.class, List.copyOf(rows.values()))
        .execute();
  }

  private static Map<Usage.Day, Long> used(Handle tx, Collection<Usage.Day> days) {
    if (days.isEmpty()) {
      return Map.of();
    }
    return tx.createQuery(
            """
            select u.key, nullif(u.day, 'infinity')::date as day, sum(c.used)::bigint as used
            from unnest(:keys, :days) as u(key, day)
            join scoring.limit_counter c on c.counter_key = u.key and c.bucket = u.day::date
            group by u.key, u.day
            """)
        .bindArray("keys", String.class, days.stream().map(Usage.Day::counterKey).toList())
        .bindArray(
            "days",
            String.class,
            days.stream().map(day -> day.day() == null ? "infinity" : day.day() + "").toList())
        .reduceRows(
            new HashMap<>(),
            (used, row) -> {
              used.put(
                  new Usage.Day(
                      row.getColumn("key", String.class), row.getColumn("day", LocalDate.class)),
                  row.getColumn("used", Long.class));
              return used;
            });
  }

  private static Map<String, List<Instant>> uses(Handle tx, Map<String, Rolling> rolling) {
    if (rolling.isEmpty()) {
      return Map.of();
    }
    List<String> keys = new ArrayList<>();
    List<Rolling> in = new ArrayList<>();
    rolling.forEach(
        (key, asked) -> {
          keys.add(key);
          in.add(asked);
        });
    return tx.createQuery(
            """
            select key, used_at from unnest(:keys, :since, :most) as u(key, since, most)
            cross join lateral (
              select used_at from scoring.limit_use
              where counter_key = key and used_at > since::timestamptz
                -- what a clock that was ahead has left further on counts no more
                and used_at < since::timestamptz + interval '4 days'
              order by used_at desc limit most) uses
            order by key, used_at desc
            """)
        .bindArray("keys", String.class, keys)
        .bindArray("since", String.class, in.stream().map(one -> one.since().toString()).toList())
        .bindArray("most", Long.class, in.stream().map(Rolling::most).toList())
        .reduceRows(
            new HashMap<>(),
            (uses, row) -> {
              uses.computeIfAbsent(row.getColumn("key", String.class), key -> new ArrayList<>())
                  .add(row.getColumn("used_at", OffsetDateTime.class).toInstant());
              return uses;
            });
  }

  private static Row row(Bucket bucket, UUID by) {
    int shard =
        bucket.limited() || !bucket.shared()
            ? 0
            : 1 + Math.floorMod(by.getLeastSignificantBits(), SHARDS);
    return new Row(bucket.counterKey(), bucket.day(), shard);
  }
}
