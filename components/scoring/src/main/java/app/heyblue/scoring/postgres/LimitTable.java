package app.heyblue.scoring.postgres;

import app.heyblue.rules.LimitWindow;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Limits.Bucket;
import app.heyblue.scoring.domain.Limits.Full;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * How often counters were used.
 *
 * <p>A limited use locks its counter's row of shard 0 until its transaction ends, in the order of
 * keys, so that of two at once the second counts the first. Uses that nothing limits count too, for
 * limits to come; in a counter that strangers share, such as a rule's, they spread over shards, so
 * that nobody waits for somebody else's transaction only to be counted. A limited use that doesn't
 * see such a one yet comes before it.
 */
public final class LimitTable {
  private static final int SHARDS = 16;

  private LimitTable() {}

  /**
   * Counts one use in each bucket.
   *
   * @param by the transaction or hold that counts
   * @throws app.heyblue.scoring.RuleForbids where a limit is used up; nothing must be committed
   */
  public static void count(Handle tx, UUID by, Limits limits, List<Bucket> buckets) {
    List<Full> full = new ArrayList<>();
    List<Bucket> rolling = new ArrayList<>();
    List<Bucket> inRows = new ArrayList<>();
    for (Bucket bucket : buckets) {
      boolean rolls = bucket.window() == LimitWindow.ROLLING_24_HOURS;
      if (rolls) {
        rolling.add(bucket);
      }
      if (!rolls || bucket.limited()) {
        inRows.add(bucket);
      }
    }
    if (!inRows.isEmpty()) {
      full.addAll(fullOnes(tx, limits, inRows, add(tx, by, inRows, 1)));
    }
    if (!rolling.isEmpty()) {
      full.addAll(countRolling(tx, by, limits, rolling));
    }
    limits.requireRoom(full);
  }

  /** Takes back what a hold counted in. */
  public static void giveBack(Handle tx, UUID by, List<Bucket> buckets) {
    List<Bucket> inRows =
        buckets.stream().filter(b -> b.window() != LimitWindow.ROLLING_24_HOURS).toList();
    if (!inRows.isEmpty()) {
      add(tx, by, inRows, -1);
    }
    if (inRows.size() < buckets.size()) {
      tx.createUpdate(
              "delete from scoring.limit_use where counter_key = any(:keys) and used_by = :by")
          .bindArray("keys", String.class, keys(buckets))
          .bind("by", by)
          .execute();
    }
  }

  // The uses afterwards by key, as far as the row touched knows them.
  private static Map<String, Long> add(Handle tx, UUID by, List<Bucket> buckets, int uses) {
    return tx.createQuery(
            """
            insert into scoring.limit_counter as c (counter_key, bucket, shard, used)
            select key, day::date, shard, :uses
            from unnest(:keys, :days, :shards) as u(key, day, shard)
            order by key collate "C", day, shard
            on conflict (counter_key, bucket, shard) do update set used = c.used + :uses
            returning counter_key, used
            """)
        .bindArray("keys", String.class, keys(buckets))
        .bindArray("days", String.class, buckets.stream().map(LimitTable::day).toList())
        .bindArray("shards", Integer.class, buckets.stream().map(b -> shard(b, by)).toList())
        .bind("uses", uses)
        .reduceRows(
            new HashMap<String, Long>(),
            (used, row) -> {
              used.put(
                  row.getColumn("counter_key", String.class), row.getColumn("used", Long.class));
              return used;
            });
  }

  private static List<Full> fullOnes(
      Handle tx, Limits limits, List<Bucket> buckets, Map<String, Long> used) {
    List<Full> full = new ArrayList<>();
    for (Bucket bucket : buckets) {
      if (bucket.limited() && bucket.window() != LimitWindow.ROLLING_24_HOURS) {
        String key = bucket.counterKey();
        long uses = bucket.shared() ? sum(tx, bucket) : used.getOrDefault(key, 0L);
        if (uses > limits.max(key).orElse(Long.MAX_VALUE)) {
          full.add(new Full(key, null));
        }
      }
    }
    return full;
  }

  private static long sum(Handle tx, Bucket bucket) {
    return tx.createQuery(
            """
            select coalesce(sum(used), 0)::bigint from scoring.limit_counter
            where counter_key = :key and bucket = :day::date
            """)
        .bind("key", bucket.counterKey())
        .bind("day", day(bucket))
        .mapTo(Long.class)
        .one();
  }

  // Where as many uses as are allowed lie within the window, the earliest of them has to leave.
  // Uses
  // after the moment count as well: of two at once, the one that is paid first may be the later
  // one.
  private static List<Full> countRolling(Handle tx, UUID by, Limits limits, List<Bucket> rolling) {
    return tx.createQuery(
            """
            with counter as (
              select * from unnest(:keys, :maxima) as u(key, maximum)),
            mine as (
              insert into scoring.limit_use (counter_key, used_at, used_by)
              select key, :at, :by from counter)
            select key, (
              select used_at from scoring.limit_use
              where maximum > 0 and counter_key = key and used_at > :since
              order by used_at desc offset greatest(maximum - 1, 0) limit 1) as leaves,
              maximum = 0 as never
            from counter where maximum is not null
            """)
        .bindArray("keys", String.class, keys(rolling))
        .bindArray(
            "maxima",
            Long.class,
            rolling.stream().map(b -> limits.max(b.counterKey()).orElse(null)).toList())
        .bind("since", time(limits.at().minus(Limits.ROLLING)))
        .bind("at", time(limits.at()))
        .bind("by", by)
        .reduceRows(
            new ArrayList<Full>(),
            (full, row) -> {
              OffsetDateTime leaves = row.getColumn("leaves", OffsetDateTime.class);
              if (leaves != null || row.getColumn("never", Boolean.class)) {
                full.add(
                    new Full(
                        row.getColumn("key", String.class),
                        leaves == null ? null : leaves.toInstant().plus(Limits.ROLLING)));
              }
              return full;
            });
  }

  private static int shard(Bucket bucket, UUID by) {
    return bucket.limited() || !bucket.shared()
        ? 0
        : 1 + Math.floorMod(by.getLeastSignificantBits(), SHARDS);
  }

  private static String day(Bucket bucket) {
    return bucket.day() == null ? "infinity" : bucket.day().toString();
  }

  private static List<String> keys(List<Bucket> buckets) {
    return buckets.stream().map(Bucket::counterKey).toList();
  }

  private static OffsetDateTime time(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
