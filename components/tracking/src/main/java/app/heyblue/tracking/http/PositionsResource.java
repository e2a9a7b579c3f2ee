package app.heyblue.tracking.http;

import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.tracking.positions.Position;
import app.heyblue.tracking.positions.Positions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the caller is. */
@Path("/api/v1/positions")
@Tag(name = "Tracking")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class PositionsResource {
  private final Positions positions;
  private final CurrentCaller caller;

  PositionsResource(Positions positions, CurrentCaller caller) {
    this.positions = positions;
    this.caller = caller;
  }

  /** Positions in the order of their times. */
  record Batch(
      @NotNull @Size(min = 1, max = Position.MOST_AT_ONCE) List<@NotNull @Valid Sent> positions) {}

  /** One position, as {@link Position} says. */
  record Sent(
      @NotNull Double latitude,
      @NotNull Double longitude,
      @NotNull Double accuracyMeters,
      @NotNull java.time.Instant at) {
    Position position() {
      return new Position(latitude, longitude, accuracyMeters, at);
    }

    /** A place never belongs in a log. */
    @Override
    public String toString() {
      return "Sent";
    }
  }

  @POST
  @RolesAllowed({Roles.CIVILIAN, Roles.OFFICER})
  @Operation(
      summary = "Say where the caller is, or was since the last time",
      description =
          "1 to 100 positions in the order of their times; the live socket takes the same. An"
              + " officer's are taken while sharing only and kept in memory only. A civilian's are"
              + " kept for 24 hours at most, encrypted. What is older than two minutes, or less exact"
              + " than 300 m, doesn't count for who is near whom.")
  @APIResponse(responseCode = "202", description = "Taken in")
  @APIResponse(responseCode = "403", description = "The caller withdrew consent")
  @APIResponse(responseCode = "409", description = "An officer who doesn't share")
  public Response send(@NotNull @Valid Batch batch) {
    positions.take(caller.get(), batch.positions().stream().map(Sent::position).toList());
    return Response.accepted().build();
  }
}
