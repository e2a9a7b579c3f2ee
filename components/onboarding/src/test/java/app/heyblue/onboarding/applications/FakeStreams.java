package app.heyblue.onboarding.applications;

import app.heyblue.kernel.Json;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.postgres.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** Streams whose log commits with the caller, and whose consumers do as the test says. */
final class FakeStreams implements EventLog, Streams {
  /** Whether the rooms that need a new party have taken it in. */
  volatile boolean takenIn = true;

  private final Database database;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long ids;

  FakeStreams(Database database) {
    this.database = database;
    database.useTransaction(
        tx ->
            tx.execute("create table if not exists public.event (id uuid, type text, data text)"));
  }

  List<JsonNode> events() {
    return database.read(
        tx ->
            tx.createQuery("select data from public.event order by id")
                .map((row, context) -> read(row.getString(1)))
                .list());
  }

  void progress() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public synchronized UUID append(Handle tx, Stream stream, NewEvent event) {
    UUID id = new UUID(0, ++ids);
    try {
      tx.createUpdate("insert into public.event values (:id, :type, :data)")
          .bind("id", id)
          .bind("type", event.type())
          .bind("data", Json.mapper().writeValueAsString(event.data()))
          .execute();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return id;
  }

  @Override
  public boolean isTakenInByAdmitters(UUID eventId) {
    return takenIn;
  }

  @Override
  public boolean awaitTakenIn(String consumer, UUID eventId, Duration atMost) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onProgress(Stream stream, Runnable listener) {
    listeners.add(listener);
  }

  private static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
