package app.heyblue.scoring.postgres;

import app.heyblue.rules.LimitWindow;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Limits.Bucket;
import app.heyblue.scoring.domain.Limits.Use;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * How often counters were used. Each use locks the counter's row until its transaction ends, in the
 * order of keys, so that of two at once the second counts the first.
 */
public final class LimitTable {
  private LimitTable() {}

  /**
   * Counts one use in each bucket and checks the limits.
   *
   * @param by the transaction or hold that counts
   * @throws app.heyblue.scoring.RuleForbids where a limit is exceeded; nothing must be committed
   */
  public static void count(Handle tx, UUID by, Instant at, Limits limits, List<Bucket> buckets) {
    if (buckets.isEmpty()) {
      return;
    }
    List<Use> uses = new ArrayList<>(countAll(tx, buckets));
    List<Bucket> rolling =
        buckets.stream().filter(b -> b.window() == LimitWindow.ROLLING_24_HOURS).toList();
    if (!rolling.isEmpty()) {
      uses.removeIf(use -> rolling.stream().anyMatch(b -> b.counterKey().equals(use.counterKey())));
      uses.addAll(countRolling(tx, by, at, limits, rolling));
    }
    limits.check(uses, at);
  }

  /** Takes back what a hold counted in. */
  public static void giveBack(Handle tx, UUID by, List<String> keys, List<String> days) {
    if (keys.isEmpty()) {
      return;
    }
    tx.createUpdate(
            """
            with mine as (
              select c.counter_key, c.bucket
              from scoring.limit_counter c
              join unnest(:keys, :days) as u(key, day)
                on u.key = c.counter_key and u.day::date = c.bucket
              order by c.counter_key collate "C", c.bucket for no key update of c),
            less as (
              update scoring.limit_counter c set used = c.used - 1 from mine
              where c.counter_key = mine.counter_key and c.bucket = mine.bucket)
            delete from scoring.limit_use where counter_key = any(:keys) and used_by = :by
            """)
        .bindArray("keys", String.class, keys)
        .bindArray("days", String.class, days)
        .bind("by", by)
        .execute();
  }

  /** A bucket's day as the table has it. */
  public static String day(Bucket bucket) {
    return bucket.day() == null ? "infinity" : bucket.day().toString();
  }

  private static List<Use> countAll(Handle tx, List<Bucket> buckets) {
    return tx.createQuery(
            """
            insert into scoring.limit_counter as c (counter_key, bucket, used)
            select key, day::date, 1 from unnest(:keys, :days) as u(key, day)
            order by key collate "C", day
            on conflict (counter_key, bucket) do update set used = c.used + 1
            returning counter_key, used
            """)
        .bindArray("keys", String.class, keys(buckets))
        .bindArray("days", String.class, buckets.stream().map(LimitTable::day).toList())
        .map((row, context) -> new Use(row.getString(1), row.getLong(2), null))
        .list();
  }

  // Under the counters' locks. The room's time is when so many uses have left that one fits again.
  private static List<Use> countRolling(
      Handle tx, UUID by, Instant at, Limits limits, List<Bucket> rolling) {
    return tx.createQuery(
            """
            with counter as (
              select * from unnest(:keys, :maxima) as u(key, maximum)),
            gone as (
              delete from scoring.limit_use where counter_key = any(:keys) and used_at <= :since),
            mine as (
              insert into scoring.limit_use (counter_key, used_at, used_by)
              select key, :at, :by from counter)
            select key, before.used + 1 as used, (
              select used_at from scoring.limit_use
              where counter_key = key and used_at > :since
              order by used_at offset greatest(before.used - maximum, 0) limit 1) as leaves
            from counter cross join lateral (
              select count(*) as used from scoring.limit_use
              where counter_key = key and used_at > :since) before
            """)
        .bindArray("keys", String.class, keys(rolling))
        .bindArray(
            "maxima",
            Long.class,
            rolling.stream().map(b -> limits.max(b.counterKey()).orElse(Long.MAX_VALUE)).toList())
        .bind("since", time(at.minus(Limits.ROLLING)))
        .bind("at", time(at))
        .bind("by", by)
        .map(
            (row, context) -> {
              OffsetDateTime leaves = row.getObject(3, OffsetDateTime.class);
              return new Use(
                  row.getString(1),
                  row.getLong(2),
                  leaves == null ? null : leaves.toInstant().plus(Limits.ROLLING));
            })
        .list();
  }

  private static List<String> keys(List<Bucket> buckets) {
    return buckets.stream().map(Bucket::counterKey).toList();
  }

  private static OffsetDateTime time(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
