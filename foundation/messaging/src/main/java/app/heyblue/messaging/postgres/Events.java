package app.heyblue.messaging.postgres;

import app.heyblue.kernel.Json;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The reading side of the log. */
public final class Events {
  private Events() {}

  /** Up to {@code limit} events after a position, in order. */
  public static List<Event> after(Handle tx, Stream stream, long position, int limit) {
    return tx.createQuery(
            """
            select stream, position, id, type, key, time, data::text, traceparent from messaging.event
            where stream = :stream and position > :position order by position limit :limit
            """)
        .bind("stream", stream.toString())
        .bind("position", position)
        .bind("limit", limit)
        .map((row, context) -> event(row))
        .list();
  }

  private static Event event(ResultSet row) throws SQLException {
    try {
      return new Event(
          Stream.parse(row.getString("stream")),
          row.getLong("position"),
          row.getObject("id", UUID.class),
          row.getString("type"),
          row.getString("key"),
          row.getObject("time", OffsetDateTime.class).toInstant(),
          Json.mapper().readTree(row.getString("data")),
          row.getString("traceparent"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL's JSON can't be read", e);
    }
  }
}
