package app.heyblue.tracking.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.UserId;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.tracking.near.NearbyBudget;
import app.heyblue.tracking.near.Proximity;
import app.heyblue.tracking.near.Proximity.Nearby;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is near the caller. */
@Path("/api/v1/nearby")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
class NearbyResource {
  private final Proximity proximity;
  private final NearbyBudget budget;
  private final CurrentCaller caller;

  NearbyResource(Proximity proximity, NearbyBudget budget, CurrentCaller caller) {
    this.proximity = proximity;
    this.budget = budget;
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Roles.CIVILIAN)
  @Operation(
      summary = "Officers near the caller's own latest position, by their cells",
      description =
          "300 times a day. What it says of an officer changes every 30 seconds at most, and its"
              + " references differ for each caller and each tick of that clock.")
  @APIResponse(responseCode = "200", description = "The officers, nearest first; one page")
  @APIResponse(
      responseCode = "409",
      description = "No position of the caller's of the last two minutes is known")
  @APIResponse(responseCode = "429", description = "The day's looks are used up")
  public Page<Nearby> list() {
    UserId me = caller.get().userId();
    budget.take(me);
    return Page.of(proximity.nearby(me));
  }
}
