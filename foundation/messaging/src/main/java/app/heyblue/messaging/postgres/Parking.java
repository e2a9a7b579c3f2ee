package app.heyblue.messaging.postgres;

import app.heyblue.messaging.Event;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What consumers couldn't take in. Every method is called while the consumer is taken. */
public final class Parking {
  /**
   * A parked record.
   *
   * @param id the event's id
   * @param error why; null where it only waits behind another of its key
   * @param attempts how often it was delivered in vain
   */
  public record Parked(
      UUID id,
      long position,
      String type,
      String key,
      @Nullable String error,
      int attempts,
      Instant parkedAt) {}

  private Parking() {}

  /** Parks an event with its error, or says that it failed once more. */
  public static void park(
      Handle tx, String consumer, Event event, String error, int attempts, Instant at) {
    tx.createUpdate(
            """
            insert into messaging.parked (consumer, position, event_id, key, error, attempts, parked_at)
            values (:consumer, :position, :event, :key, :error, :attempts, :at)
            on conflict (consumer, position) do update
              set error = excluded.error, attempts = parked.attempts + excluded.attempts
            """)
        .bind("consumer", consumer)
        .bind("position", event.position())
        .bind("event", event.id())
        .bind("key", event.key())
        .bind("error", error)
        .bind("attempts", attempts)
        .bind("at", at)
        .execute();
  }

  /** Parks an event behind an earlier one of its key, unless it is there already. */
  public static void parkBehind(Handle tx, String consumer, Event event, Instant at) {
    tx.createUpdate(
            """
            insert into messaging.parked (consumer, position, event_id, key, attempts, parked_at)
            values (:consumer, :position, :event, :key, 0, :at)
            on conflict (consumer, position) do nothing
            """)
        .bind("consumer", consumer)
        .bind("position", event.position())
        .bind("event", event.id())
        .bind("key", event.key())
        .bind("at", at)
        .execute();
  }

  /** The positions parked of these keys. */
  public static Map<String, NavigableSet<Long>> positions(
      Handle tx, String consumer, Collection<String> keys) {
    Map<String, NavigableSet<Long>> positions = new HashMap<>();
    tx.createQuery(
            "select key, position from messaging.parked where consumer = :consumer and key = any(:keys)")
        .bind("consumer", consumer)
        .bindArray("keys", String.class, List.copyOf(keys))
        .map(
            (row, context) ->
                positions
                    .computeIfAbsent(row.getString("key"), key -> new TreeSet<>())
                    .add(row.getLong("position")))
        .list();
    return positions;
  }

  /** The first record that somebody wants to be delivered again. */
  public static OptionalLong firstToRetry(Handle tx, String consumer) {
    return tx
        .createQuery(
            """
            select position from messaging.parked
            where consumer = :consumer and retry order by position limit 1
            """)
        .bind("consumer", consumer)
        .mapTo(Long.class)
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** Says that a retried record failed again, and leaves those behind it waiting. */
  public static void retryFailed(Handle tx, String consumer, Event event, String error) {
    tx.createUpdate(
            """
            update messaging.parked set retry = false,
              error = case when position = :position then :error else error end,
              attempts = case when position = :position then attempts + 1 else attempts end
            where consumer = :consumer and key = :key
            """)
        .bind("consumer", consumer)
        .bind("position", event.position())
        .bind("key", event.key())
        .bind("error", error)
        .execute();
  }

  public static void remove(Handle tx, String consumer, long position) {
    tx.createUpdate(
            "delete from messaging.parked where consumer = :consumer and position = :position")
        .bind("consumer", consumer)
        .bind("position", position)
        .execute();
  }

  /**
   * Asks for another delivery of a record, and of all of its key, as they keep their order.
   *
   * @return false where no such record is parked
   */
  public static boolean requestRetry(Handle tx, String consumer, UUID event) {
    return tx.createUpdate(
                """
                update messaging.parked set retry = true
                where consumer = :consumer and key = (
                  select key from messaging.parked where consumer = :consumer and event_id = :event)
                """)
            .bind("consumer", consumer)
            .bind("event", event)
            .execute()
        > 0;
  }

  /** Up to {@code limit} parked records after a position, in order. */
  public static List<Parked> after(Handle tx, String consumer, long position, int limit) {
    return tx.createQuery(
            """
            select p.event_id, p.position, e.type, p.key, p.error, p.attempts, p.parked_at
            from messaging.parked p
            join messaging.event e on e.id = p.event_id
            where p.consumer = :consumer and p.position > :position
            order by p.position limit :limit
            """)
        .bind("consumer", consumer)
        .bind("position", position)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Parked(
                    row.getObject("event_id", UUID.class),
                    row.getLong("position"),
                    row.getString("type"),
                    row.getString("key"),
                    row.getString("error"),
                    row.getInt("attempts"),
                    row.getObject("parked_at", OffsetDateTime.class).toInstant()))
        .list();
  }
}
