package app.heyblue.tracking.http;

import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.tracking.sharing.Sharing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An officer's switch. */
@Path("/api/v1/sharing")
@Tag(
    name = "Tracking",
    description = "Who is near whom. Of officers nobody learns more than a cell of 0.74 km².")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class SharingResource {
  private final Sharing sharing;
  private final CurrentCaller caller;

  SharingResource(Sharing sharing, CurrentCaller caller) {
    this.sharing = sharing;
    this.caller = caller;
  }

  /** Where the switch shall stand. */
  record Switch(@NotNull Boolean on) {}

  /**
   * Where the switch stands.
   *
   * @param until when sharing ends by itself; null while it's off
   */
  record State(boolean on, @Nullable Instant until) {}

  @PUT
  @RolesAllowed(Roles.OFFICER)
  @Operation(
      summary = "Share a coarse location for 15 minutes, or stop at once",
      description =
          "Sharing also ends on signing out, and two minutes after the last position or live socket."
              + " Positions are kept in memory only and are gone when sharing ends; others see the"
              + " cell, as it was published last on a clock of 30 seconds.")
  public State set(@NotNull @Valid Switch wish) {
    Caller me = caller.get();
    if (wish.on()) {
      return new State(true, sharing.on(me));
    }
    sharing.off(me.userId());
    return new State(false, null);
  }

  @GET
  @RolesAllowed(Roles.OFFICER)
  @Operation(summary = "Whether the caller shares now, and until when")
  public State get() {
    Instant until = sharing.until(caller.get().userId()).orElse(null);
    return new State(until != null, until);
  }
}
