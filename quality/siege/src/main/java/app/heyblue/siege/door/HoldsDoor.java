package app.heyblue.siege.door;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Hold;
import app.heyblue.scoring.HoldRequest;
import app.heyblue.scoring.Holds;
import app.heyblue.scoring.Receipt;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.UUID;

/** Holds as a room that sells places them, for the caller. */
@Path("/siege/holds")
@RolesAllowed(Roles.CIVILIAN)
class HoldsDoor {
  private final Holds holds;
  private final CurrentCaller caller;

  HoldsDoor(Holds holds, CurrentCaller caller) {
    this.holds = holds;
    this.caller = caller;
  }

  record Wish(UserId merchant, long listPrice, Instant until) {}

  @POST
  public Hold place(@HeaderParam("Idempotency-Key") String key, Wish wish) {
    return holds.place(
        own(key),
        new HoldRequest(caller.get().userId(), wish.merchant(), wish.listPrice(), 1, wish.until()));
  }

  @POST
  @Path("/{id}/collection")
  public Receipt collect(@HeaderParam("Idempotency-Key") String key, @PathParam("id") UUID id) {
    return holds.collect(own(key), id);
  }

  @POST
  @Path("/{id}/release")
  public Hold release(@HeaderParam("Idempotency-Key") String key, @PathParam("id") UUID id) {
    return holds.release(own(key), id);
  }

  private static IdempotencyKey own(String key) {
    return new IdempotencyKey("siege:" + key);
  }
}
