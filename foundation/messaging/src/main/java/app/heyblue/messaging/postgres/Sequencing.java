package app.heyblue.messaging.postgres;

import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import java.util.Optional;

/**
 * Gives committed events their positions.
 *
 * <p>At each turn one process, the holder of the stream's advisory lock, moves what it can see in
 * the inbox into the log, in the order of appending. What that guarantees:
 *
 * <ul>
 *   <li>Positions are 1, 2, 3, … without gaps. An event gets one if, and only if, its transaction
 *       commits. Readers see positions only once all smaller ones are there too.
 *   <li>An event that was appended after the commit of another comes after it. So do, then, all
 *       events of transactions that follow one another, and events of one key whose writers append
 *       while they hold a lock on what the key stands for.
 *   <li>Events of one transaction keep their order. Events of transactions that overlap without
 *       such a lock may come in either order.
 *   <li>Nobody waits for a transaction that is still open: its events come when it has committed,
 *       whatever was appended meanwhile.
 * </ul>
 */
public final class Sequencing {
  /** The most events moved in one transaction. */
  public static final int BATCH = 1_000;

  private static final int LOCK_SPACE = 0x4845_5942; // "HEYB"

  private final Database database;
  private final Notifications notifications;

  public Sequencing(Database database, Notifications notifications) {
    this.database = database;
    this.notifications = notifications;
  }

  /** Moves up to {@link #BATCH} events and returns how many they were. */
  public int move(Stream stream) {
    return database.inTransaction(
        tx -> {
          // A statement of its own: the next one's snapshot must be newer than the lock, or it
          // would count from a position that another process has passed. A process that hangs
          // loses its connection, and with it the lock.
          tx.createQuery(
                  """
                  select set_config('idle_in_transaction_session_timeout', '10s', true),
                         pg_advisory_xact_lock(:space, :stream)::text
                  """)
              .bind("space", LOCK_SPACE)
              .bind("stream", stream.ordinal())
              .mapTo(String.class)
              .one();
          Optional<Integer> moved =
              tx.createQuery(
                      """
                      with taken as (
                        delete from messaging.inbox
                        where stream = :stream and appended in (
                          select appended from messaging.inbox
                          where stream = :stream order by appended limit :batch)
                        returning *
                      ), moved as (
                        insert into messaging.event (stream, position, id, type, key, time, data, traceparent)
                        select taken.stream,
                               stream.position + row_number() over (order by taken.appended),
                               taken.id, taken.type, taken.key, taken.time, taken.data,
                               taken.traceparent
                        from taken join messaging.stream on stream.name = taken.stream
                        order by taken.appended
                        returning position
                      )
                      update messaging.stream set position = batch.last
                      from (select max(position) as last, count(*)::int as events from moved) batch
                      where name = :stream and batch.events > 0
                      returning batch.events
                      """)
                  .bind("stream", stream.toString())
                  .bind("batch", BATCH)
                  .mapTo(Integer.class)
                  .findOne();
          if (moved.isPresent()) {
            notifications.grown(tx, stream);
          }
          return moved.orElse(0);
        });
  }
}
