package app.heyblue.messaging.http;

import app.heyblue.kernel.Json;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.postgres.Events;
import app.heyblue.messaging.signals.Signal;
import app.heyblue.messaging.signals.Wakeups;
import app.heyblue.postgres.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Sends a stream to one client as it grows, no faster than the client reads. Ends when an access
 * token would: whoever has lost the right to follow can't come back.
 */
final class Follower implements Runnable {
  private static final Logger LOG = Logger.getLogger(Follower.class);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BATCH = 100;

  private final Database database;
  private final Clock clock;
  private final Wakeups wakeups;
  private final Stream stream;
  private final SseEventSink sink;
  private final Sse sse;
  private final Signal grown;
  private long position;
  private volatile boolean stopped;

  Follower(
      Database database,
      Clock clock,
      Wakeups wakeups,
      Stream stream,
      long after,
      SseEventSink sink,
      Sse sse) {
    this.database = database;
    this.clock = clock;
    this.wakeups = wakeups;
    this.stream = stream;
    this.position = after;
    this.sink = sink;
    this.sse = sse;
    this.grown = wakeups.subscribe(stream);
  }

  void stop() {
    stopped = true;
    grown.raise();
  }

  @Override
  public void run() {
    try (sink) {
      follow();
    } catch (ExecutionException | TimeoutException | JdbiException | IllegalStateException e) {
      LOG.debugf(e, "a follower of %s ends", stream); // it comes back with Last-Event-ID
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wakeups.unsubscribe(stream, grown);
    }
  }

  private void follow() throws InterruptedException, ExecutionException, TimeoutException {
    Instant end = clock.instant().plus(LONGEST);
    while (!stopped && !sink.isClosed() && clock.instant().isBefore(end)) {
      List<Event> events = database.read(tx -> Events.after(tx, stream, position, BATCH));
      for (Event event : events) {
        send(written(event));
        position = event.position();
      }
      if (events.isEmpty() && !grown.await(KEEP_ALIVE)) {
        send(sse.newEventBuilder().comment("keep-alive").build());
      }
    }
  }

  private OutboundSseEvent written(Event event) {
    try {
      return sse.newEventBuilder()
          .id(Long.toString(event.position()))
          .data(String.class, Json.mapper().writeValueAsString(CloudEvent.of(event)))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
