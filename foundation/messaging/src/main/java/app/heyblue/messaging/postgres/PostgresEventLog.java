package app.heyblue.messaging.postgres;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.signals.Wakeups;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Puts events into the inbox: one insert, which waits for nobody. No NOTIFY here, as that would
 * make all writers commit one after the other; the sequencer is woken after the commit.
 */
public final class PostgresEventLog implements EventLog {
  private static final String INSERT =
      """
      insert into messaging.inbox (stream, id, type, key, time, data)
      values (:stream, :id, :type, :key, :time, cast(:data as jsonb))
      """;

  private final Clock clock;
  private final IdGenerator ids;
  private final Wakeups wakeups;

  public PostgresEventLog(Clock clock, IdGenerator ids, Wakeups wakeups) {
    this.clock = clock;
    this.ids = ids;
    this.wakeups = wakeups;
  }

  @Override
  public UUID append(Handle tx, Stream stream, NewEvent event) {
    // First, because it refuses a handle that is in no transaction.
    tx.afterCommit(() -> wakeups.committed(stream).raise());
    UUID id = ids.next();
    tx.createUpdate(INSERT)
        .bind("stream", stream.toString())
        .bind("id", id)
        .bind("type", event.type())
        .bind("key", event.key())
        .bind("time", clock.instant())
        .bind("data", json(event))
        .execute();
    return id;
  }

  @Override
  public void appendAll(Handle tx, Stream stream, List<NewEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    tx.afterCommit(() -> wakeups.committed(stream).raise());
    PreparedBatch batch = tx.prepareBatch(INSERT);
    for (NewEvent event : events) {
      batch
          .bind("stream", stream.toString())
          .bind("id", ids.next())
          .bind("type", event.type())
          .bind("key", event.key())
          .bind("time", clock.instant())
          .bind("data", json(event))
          .add();
    }
    batch.execute();
  }

  private static String json(NewEvent event) {
    try {
      return Json.mapper().writeValueAsString(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the data of " + event.type() + " can't be written", e);
    }
  }
}
