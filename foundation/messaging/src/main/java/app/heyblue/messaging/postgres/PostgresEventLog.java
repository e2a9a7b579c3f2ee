package app.heyblue.messaging.postgres;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.signals.Wakeups;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Puts events into the inbox: one insert, which waits for nobody. No NOTIFY here, as that would
 * make all writers commit one after the other; the sequencer is woken after the commit.
 */
public final class PostgresEventLog implements EventLog {
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
    UUID id = ids.next();
    append(tx, stream, List.of(id), List.of(event));
    return id;
  }

  @Override
  public void appendAll(Handle tx, Stream stream, List<NewEvent> events) {
    if (!events.isEmpty()) {
      append(tx, stream, events.stream().map(event -> ids.next()).toList(), events);
    }
  }

  private void append(Handle tx, Stream stream, List<UUID> eventIds, List<NewEvent> events) {
    // First, because it refuses a handle that is in no transaction.
    tx.afterCommit(() -> wakeups.committed(stream).raise());
    List<@Nullable String> traces = new ArrayList<>();
    events.forEach(event -> traces.add(event.traceparent()));
    tx.createUpdate(
            """
            insert into messaging.inbox (stream, id, type, key, time, data, traceparent)
            select :stream, id, type, key, :time, data::jsonb, traceparent
            from unnest(:ids, :types, :keys, :data, :traces) with ordinality
              as u(id, type, key, data, traceparent, place)
            order by place
            """)
        .bind("stream", stream.toString())
        .bind("time", clock.instant())
        .bindArray("ids", UUID.class, eventIds)
        .bindArray("types", String.class, events.stream().map(NewEvent::type).toList())
        .bindArray("keys", String.class, events.stream().map(NewEvent::key).toList())
        .bindArray("traces", String.class, traces)
        .bindArray("data", String.class, events.stream().map(event -> json(event)).toList())
        .execute();
  }

  private static String json(NewEvent event) {
    try {
      return Json.mapper().writeValueAsString(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the data of " + event.type() + " can't be written", e);
    }
  }
}
