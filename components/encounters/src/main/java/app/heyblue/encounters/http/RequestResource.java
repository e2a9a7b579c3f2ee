package app.heyblue.encounters.http;

import app.heyblue.encounters.asking.Asked;
import app.heyblue.encounters.asking.Requests;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Requests to meet: made by a civilian, accepted or refused by the officer. */
@Path("/api/v1/encounters")
@Tag(name = "Encounters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class RequestResource {
  private final Requests requests;
  private final CurrentCaller caller;

  RequestResource(Requests requests, CurrentCaller caller) {
    this.requests = requests;
    this.caller = caller;
  }

  /**
   * Whom to ask.
   *
   * @param officerRef of the nearby list or an alert, exactly
   */
  record Wish(@NotNull @Size(max = 500) String officerRef) {}

  /** A request that was made. */
  record Requested(UUID id, String status, Instant expiresAt) {}

  @POST
  @RolesAllowed(Roles.CIVILIAN)
  @Operation(summary = "Ask an officer nearby to meet")
  @APIResponse(
      responseCode = "201",
      description =
          "The officer is asked and has 60 seconds. A refusal isn't told: it looks as if the time"
              + " had run out",
      content = @Content(schema = @Schema(implementation = Requested.class)))
  @APIResponse(responseCode = "409", description = "The last request hasn't run out yet")
  @APIResponse(responseCode = "422", description = "The officer isn't near any more")
  public Response ask(@NotNull @Valid Wish wish) {
    Asked asked = requests.ask(caller.get().userId(), wish.officerRef());
    return Response.status(Response.Status.CREATED)
        .entity(new Requested(asked.id(), "requested", asked.expiresAt()))
        .build();
  }

  @POST
  @Path("/{id}/acceptance")
  @RolesAllowed(Roles.OFFICER)
  @Operation(
      summary = "Accept a request: a meeting that pays both by the active rules",
      description =
          "Idempotent by the id: repeated, it gets the same answer, with no Idempotency-Key.")
  @APIResponse(
      responseCode = "201",
      description = "The meeting is confirmed; both have their points",
      content = @Content(schema = @Schema(implementation = ConfirmedEncounter.class)))
  @APIResponse(responseCode = "404", description = "No such request waits for the caller")
  @APIResponse(
      responseCode = "422",
      description = "The two don't seem to be near each other, or the rules say no")
  public Response accept(@PathParam("id") UUID id) {
    return ConfirmedEncounter.answer(requests.accept(caller.get().userId(), id));
  }

  @POST
  @Path("/{id}/refusal")
  @RolesAllowed(Roles.OFFICER)
  @Operation(summary = "Refuse a request; the asker isn't told")
  @APIResponse(responseCode = "204", description = "Refused; repeated, it changes nothing")
  @APIResponse(responseCode = "404", description = "No such request waits for the caller")
  public void refuse(@PathParam("id") UUID id) {
    requests.refuse(caller.get().userId(), id);
  }
}
