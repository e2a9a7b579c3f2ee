package app.heyblue.tracking.http;

import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.tracking.consent.Consents;
import app.heyblue.tracking.postgres.ConsentTable.Consent;
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

/** Whether the caller lets positions be known. */
@Path("/api/v1/me/tracking-consent")
@Tag(name = "Tracking")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class ConsentResource {
  private final Consents consents;
  private final CurrentCaller caller;

  ConsentResource(Consents consents, CurrentCaller caller) {
    this.consents = consents;
    this.caller = caller;
  }

  /** What the caller says. */
  record Wish(@NotNull Boolean granted) {}

  /**
   * What the caller said last.
   *
   * @param granted true where nothing was said: to send a position is to consent
   * @param changedAt null where nothing was said
   */
  record State(boolean granted, @Nullable Instant changedAt) {}

  @GET
  @RolesAllowed(Roles.CIVILIAN)
  @Operation(summary = "Whether the caller lets positions be known")
  public State get() {
    return consents
        .find(caller.get().userId())
        .map(consent -> new State(consent.granted(), consent.changedAt()))
        .orElse(new State(true, null));
  }

  @PUT
  @RolesAllowed(Roles.CIVILIAN)
  @Operation(
      summary = "Withdraw the consent to one's positions being known, or give it again",
      description =
          "From the answer on, positions are refused and nothing of them is kept any more. The codes"
              + " that prove a meeting work without positions.")
  public State set(@NotNull @Valid Wish wish) {
    Consent consent = consents.set(caller.get().userId(), wish.granted());
    return new State(consent.granted(), consent.changedAt());
  }
}
