package app.heyblue.messaging.postgres;

import app.heyblue.messaging.Stream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How far streams and consumers are, all in one look. */
public record StreamFigures(Map<String, Head> streams, Map<String, Place> consumers) {
  /**
   * The end of a stream.
   *
   * @param waiting committed events that have no position yet
   * @param waitingSeconds since the oldest of those was appended
   */
  public record Head(long position, long waiting, double waitingSeconds) {}

  /**
   * A consumer's place.
   *
   * @param lag how many committed events lie before it
   * @param lagSeconds since the next of those was appended
   */
  public record Place(long position, long lag, double lagSeconds, long parked) {}

  public static StreamFigures read(Handle tx, Instant now) {
    Map<String, Head> streams = new HashMap<>();
    Map<String, Place> consumers = new HashMap<>();
    for (Stream stream : Stream.values()) {
      Head head = head(tx, stream, now);
      streams.put(stream.toString(), head);
      places(tx, stream, head, now, consumers);
    }
    return new StreamFigures(streams, consumers);
  }

  private static Head head(Handle tx, Stream stream, Instant now) {
    return tx.createQuery(
            """
            select s.position, count(i.appended),
              coalesce(extract(epoch from :now - min(i.time)), 0)
            from messaging.stream s left join messaging.inbox i on i.stream = s.name
            where s.name = :stream group by s.position
            """)
        .bind("stream", stream.toString())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Head(row.getLong(1), row.getLong(2), Math.max(0, row.getDouble(3))))
        .one();
  }

  private static void places(
      Handle tx, Stream stream, Head head, Instant now, Map<String, Place> places) {
    tx.createQuery(
            """
            select c.name, c.position, s.position - c.position,
              extract(epoch from :now - e.time),
              (select count(*) from messaging.parked p where p.consumer = c.name)
            from messaging.consumer c join messaging.stream s on s.name = c.stream
            left join messaging.event e on e.stream = c.stream and e.position = c.position + 1
            where c.stream = :stream
            """)
        .bind("stream", stream.toString())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) -> {
              double oldest = row.getDouble(4);
              double seconds = row.wasNull() ? head.waitingSeconds() : Math.max(0, oldest);
              return Map.entry(
                  row.getString(1),
                  new Place(
                      row.getLong(2), row.getLong(3) + head.waiting(), seconds, row.getLong(5)));
            })
        .forEach(place -> places.put(place.getKey(), place.getValue()));
  }
}
