package app.heyblue.messaging.postgres;

import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Where each consumer is. Whoever changes what belongs to a consumer locks its row first. */
public final class Positions {
  /**
   * A consumer's place.
   *
   * @param position the last event that it is past
   * @param lag how many committed events lie before it, sequenced or not
   * @param parked how many it couldn't take in
   */
  public record Place(String name, long position, long lag, long parked) {}

  private Positions() {}

  /**
   * Makes a consumer known; a new one is at the beginning.
   *
   * @throws IllegalStateException where that name hears another stream
   */
  public static void register(Handle tx, StreamConsumer consumer) {
    String stream =
        tx.createQuery(
                """
                insert into messaging.consumer (name, stream, admits_parties)
                values (:name, :stream, :admits)
                on conflict (name) do update set admits_parties = excluded.admits_parties
                returning stream
                """)
            .bind("name", consumer.name())
            .bind("stream", consumer.stream().toString())
            .bind("admits", consumer.admitsParties())
            .mapTo(String.class)
            .one();
    if (!stream.equals(consumer.stream().toString())) {
      throw new IllegalStateException(
          "the consumer %s has heard %s before, not %s"
              .formatted(consumer.name(), stream, consumer.stream()));
    }
  }

  /**
   * Takes the consumer for this transaction and returns its position; empty while another process
   * has it. A process that hangs loses its connection, and with it the consumer.
   *
   * <p>The transaction's commit doesn't wait for the disk: if PostgreSQL is killed, position and
   * tables are both as they were a moment before, and the events come once more.
   */
  public static OptionalLong take(Handle tx, String consumer) {
    return tx
        .createQuery(
            """
            select position, set_config('idle_in_transaction_session_timeout', '60s', true),
              set_config('synchronous_commit', 'off', true)
            from messaging.consumer where name = :name for update skip locked
            """)
        .bind("name", consumer)
        .mapTo(Long.class)
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** Moves a consumer on; call while it is taken. */
  public static void move(Handle tx, String consumer, long position) {
    tx.createUpdate(
            """
            update messaging.consumer set position = :position,
              replay_target = case when replay_target > :position then replay_target end
            where name = :name
            """)
        .bind("name", consumer)
        .bind("position", position)
        .execute();
  }

  /** Waits for the consumer's present batch and returns its position; empty for an unknown one. */
  public static Optional<Long> await(Handle tx, Stream stream, String consumer) {
    return tx.createQuery(
            """
            select position from messaging.consumer
            where stream = :stream and name = :name for update
            """)
        .bind("stream", stream.toString())
        .bind("name", consumer)
        .mapTo(Long.class)
        .findOne();
  }

  /** Whether a stream has such a consumer. */
  public static boolean exists(Handle tx, Stream stream, String consumer) {
    return tx.createQuery(
            "select exists (select from messaging.consumer where stream = :stream and name = :name)")
        .bind("stream", stream.toString())
        .bind("name", consumer)
        .mapTo(Boolean.class)
        .one();
  }

  /** Sets a consumer back, so that it hears everything after that position again. */
  public static void setBack(Handle tx, String consumer, long position) {
    tx.createUpdate(
            """
            update messaging.consumer
            set position = :position, replay_target = greatest(replay_target, position)
            where name = :name
            """)
        .bind("name", consumer)
        .bind("position", position)
        .execute();
  }

  /** All consumers of a stream, by name. */
  public static List<Place> all(Handle tx, Stream stream) {
    return tx.createQuery(
            """
            with waiting as (
              select count(*) as events from messaging.inbox where stream = :stream)
            select c.name, c.position, s.position - c.position + waiting.events as lag,
                   (select count(*) from messaging.parked p where p.consumer = c.name) as parked
            from messaging.consumer c join messaging.stream s on s.name = c.stream
            cross join waiting
            where c.stream = :stream order by c.name
            """)
        .bind("stream", stream.toString())
        .map(
            (row, context) ->
                new Place(
                    row.getString("name"),
                    row.getLong("position"),
                    row.getLong("lag"),
                    row.getLong("parked")))
        .list();
  }

  /**
   * Whether a consumer is past this event, or was before a replay, and has parked none of its key.
   */
  public static boolean hasTakenIn(Handle tx, String consumer, UUID event) {
    return tx.createQuery(
            """
            select exists (
              select from messaging.event e join messaging.consumer c on c.stream = e.stream
              where e.id = :event and c.name = :consumer
                and greatest(c.position, c.replay_target) >= e.position
                and not exists (
                  select from messaging.parked p where p.consumer = c.name and p.key = e.key))
            """)
        .bind("event", event)
        .bind("consumer", consumer)
        .mapTo(Boolean.class)
        .one();
  }

  /** {@link #hasTakenIn} for all that admit parties, in whichever process they run. */
  public static boolean haveAdmittersTakenIn(Handle tx, UUID event) {
    return tx.createQuery(
            """
            select exists (
              select from messaging.event e
              where e.id = :event and e.stream = :users and not exists (
                select from messaging.consumer c
                where c.stream = e.stream and c.admits_parties
                  and (greatest(c.position, c.replay_target) < e.position or exists (
                    select from messaging.parked p where p.consumer = c.name and p.key = e.key))))
            """)
        .bind("event", event)
        .bind("users", Stream.USERS.toString())
        .mapTo(Boolean.class)
        .one();
  }
}
