package app.heyblue.messaging.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.postgres.Events;
import app.heyblue.postgres.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The events of a stream, page by page or as they come. */
@Path("/api/v1/streams/{stream}/events")
@Tag(name = "Streams")
class EventsResource {
  private final Database database;
  private final Followers followers;

  EventsResource(Database database, Followers followers) {
    this.database = database;
    this.followers = followers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed("admin")
  @Operation(
      summary = "Read a stream as CloudEvents",
      description =
          """
          With `Accept: text/event-stream` the answer goes on with each event as it comes, as \
          server-sent events: `id` is the event's position, `data` the CloudEvent. It starts after \
          `Last-Event-ID` or `after`, else at the stream's beginning, and ends after 15 minutes at \
          most; reconnect with `Last-Event-ID`.""")
  @APIResponse(responseCode = "200", description = "A page of events, in order")
  @APIResponse(responseCode = "404", description = "No such stream")
  public Page<CloudEvent> events(
      @PathParam("stream") String name, @BeanParam @Valid PageRequest request) {
    Stream stream = Names.stream(name);
    long after = request.placeAsLong().orElse(0L);
    List<Event> events = database.read(tx -> Events.after(tx, stream, after, request.limit() + 1));
    return Page.from(events, request, event -> Long.toString(event.position())).map(CloudEvent::of);
  }

  // The lower weight makes the page the answer to clients without preference.
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  @RolesAllowed("admin")
  @Operation(hidden = true)
  public void follow(
      @PathParam("stream") String name,
      @BeanParam @Valid PageRequest request,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context SecurityContext security,
      @Context SseEventSink sink,
      @Context Sse sse) {
    Stream stream = Names.stream(name);
    long after =
        lastEventId == null || lastEventId.isBlank()
            ? request.placeAsLong().orElse(0L)
            : position(lastEventId.strip());
    followers.follow(security.getUserPrincipal().getName(), stream, after, sink, sse);
  }

  private static long position(String lastEventId) {
    try {
      return Long.parseLong(lastEventId);
    } catch (NumberFormatException e) {
      throw CommonProblems.MALFORMED.raise(
          "`Last-Event-ID` is the `id` of an event that this stream has sent: a position.");
    }
  }
}
