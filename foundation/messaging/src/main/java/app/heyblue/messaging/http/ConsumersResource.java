package app.heyblue.messaging.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.postgres.Notifications;
import app.heyblue.messaging.postgres.Parking;
import app.heyblue.messaging.postgres.Parking.Parked;
import app.heyblue.messaging.postgres.Positions;
import app.heyblue.messaging.postgres.Positions.Place;
import app.heyblue.postgres.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Who hears a stream and how far they are; replays, and what is parked. */
@Path("/api/v1/streams/{stream}/consumers")
@Tag(name = "Streams")
class ConsumersResource {
  private static final Logger LOG = Logger.getLogger(ConsumersResource.class);

  private final Database database;
  private final Notifications notifications;

  ConsumersResource(Database database, Notifications notifications) {
    this.database = database;
    this.notifications = notifications;
  }

  /**
   * Where a replay begins.
   *
   * @param from the first position to deliver again; 0 and 1 mean the beginning
   */
  record Replay(
      @Schema(description = "The first position to deliver again; 0 and 1 mean the beginning.")
          @NotNull
          @Min(0)
          Long from) {}

  @GET
  @RolesAllowed("admin")
  @Operation(summary = "A stream's consumers, and how far each is")
  @APIResponse(responseCode = "200", description = "All of them, on one page")
  @APIResponse(responseCode = "404", description = "No such stream")
  public Page<Place> consumers(@PathParam("stream") String name) {
    Stream stream = Names.stream(name);
    return Page.of(database.read(tx -> Positions.all(tx, stream)));
  }

  @POST
  @Path("/{consumer}/replay")
  @RolesAllowed("admin")
  @Operation(
      summary = "Deliver a stream again to one consumer",
      description =
          "From that position on, and again to where it had been. What the consumer keeps stays as"
              + " it is.")
  @APIResponse(responseCode = "202", description = "The replay runs")
  @APIResponse(responseCode = "404", description = "No such stream or consumer")
  public Response replay(
      @PathParam("stream") String name,
      @PathParam("consumer") String consumer,
      @NotNull @Valid Replay replay) {
    Stream stream = Names.stream(name);
    String known = Names.consumer(consumer);
    long from = Math.max(replay.from(), 1);
    database.useTransaction(
        tx -> {
          long position = Positions.await(tx, stream, known).orElseThrow(Names::noConsumer);
          if (from > position + 1) {
            throw ProblemException.invalid(
                "/from",
                "The consumer is at %d: a replay begins at %d at most, as it skips nothing."
                    .formatted(position, position + 1));
          }
          Positions.setBack(tx, known, from - 1);
          notifications.grown(tx, stream);
        });
    LOG.infof("%s replays %s from %d", known, stream, from);
    return Response.accepted().build();
  }

  @GET
  @Path("/{consumer}/parked")
  @RolesAllowed("admin")
  @Operation(
      summary = "What a consumer couldn't take in",
      description =
          "In the order of the stream. Records without `error` wait behind an earlier one of their"
              + " key.")
  @APIResponse(responseCode = "200", description = "A page of parked records")
  @APIResponse(responseCode = "404", description = "No such stream or consumer")
  public Page<Parked> parked(
      @PathParam("stream") String name,
      @PathParam("consumer") String consumer,
      @BeanParam @Valid PageRequest request) {
    Stream stream = Names.stream(name);
    String known = Names.consumer(consumer);
    long after = request.placeAsLong().orElse(0L);
    List<Parked> parked =
        database.read(
            tx -> {
              if (!Positions.exists(tx, stream, known)) {
                throw Names.noConsumer();
              }
              return Parking.after(tx, known, after, request.limit() + 1);
            });
    return Page.from(parked, request, record -> Long.toString(record.position()));
  }

  @POST
  @Path("/{consumer}/parked/{id}/retry")
  @RolesAllowed("admin")
  @Operation(
      summary = "Deliver a parked record again",
      description =
          "With all that are parked of its key, in their order, until one fails again. Whether it"
              + " worked shows in the list of parked records.")
  @APIResponse(responseCode = "202", description = "It is being delivered")
  @APIResponse(responseCode = "404", description = "No such stream, consumer or parked record")
  public Response retry(
      @PathParam("stream") String name,
      @PathParam("consumer") String consumer,
      @PathParam("id") UUID id) {
    Stream stream = Names.stream(name);
    String known = Names.consumer(consumer);
    database.useTransaction(
        tx -> {
          if (Positions.await(tx, stream, known).isEmpty()) {
            throw Names.noConsumer();
          }
          if (!Parking.requestRetry(tx, known, id)) {
            throw CommonProblems.NOT_FOUND.raise(
                "No record with this id is parked: it was delivered meanwhile, or never failed.");
          }
          notifications.grown(tx, stream);
        });
    LOG.infof("%s retries %s of %s", known, id, stream);
    return Response.accepted().build();
  }
}
