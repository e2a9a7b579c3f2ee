package app.heyblue.encounters.http;

import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.encounters.meeting.Proof;
import app.heyblue.encounters.postgres.Encounters;
import app.heyblue.encounters.scanning.Scans;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Meetings: made by an officer's scan, seen by the two who met. */
@Path("/api/v1/encounters")
@Tag(name = "Encounters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class EncounterResource {
  private final Scans scans;
  private final Encounters encounters;
  private final Database database;
  private final CurrentCaller caller;

  EncounterResource(Scans scans, Encounters encounters, Database database, CurrentCaller caller) {
    this.scans = scans;
    this.encounters = encounters;
    this.database = database;
    this.caller = caller;
  }

  /**
   * What was scanned.
   *
   * @param token the text of the code, exactly
   */
  record Scan(@NotNull @Size(max = 1000) String token) {}

  /** What each of the two earned. */
  record Earned(long civilian, long officer) {}

  /** A meeting that was paid. */
  record ConfirmedEncounter(
      UUID id, String status, UUID transactionId, Earned points, String quote) {}

  /**
   * A meeting as one of the two sees it.
   *
   * @param points what the caller earned; null where nothing was paid
   * @param otherParty whom the caller met
   */
  record MyEncounter(
      UUID id, String status, Proof proof, @Nullable Long points, Instant at, UserId otherParty) {}

  @POST
  @Path("/scans")
  @RolesAllowed(Roles.OFFICER)
  @Operation(summary = "Scan a civilian's code: a meeting that pays both by the active rules")
  @APIResponse(
      responseCode = "201",
      description = "The meeting is confirmed; both have their points",
      content = @Content(schema = @Schema(implementation = ConfirmedEncounter.class)))
  @APIResponse(responseCode = "409", description = "The code was used before")
  @APIResponse(
      responseCode = "422",
      description = "The code is not ours or expired, or the rules say no, which uses it up")
  public Response scan(
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @NotNull @Valid Scan scan) {
    Scans.Answer answer =
        scans.scan(caller.get().userId(), IdempotencyKey.parse(idempotencyKey), scan.token());
    Confirmed confirmed = answer.confirmed();
    Response.ResponseBuilder response =
        Response.status(Response.Status.CREATED)
            .entity(
                new ConfirmedEncounter(
                    answer.encounter(),
                    "confirmed",
                    confirmed.transactionId(),
                    new Earned(confirmed.civilianPoints(), confirmed.officerPoints()),
                    confirmed.quote()));
    return answer.replayed()
        ? response.header("Idempotency-Replayed", "true").build()
        : response.build();
  }

  @GET
  @RolesAllowed({Roles.CIVILIAN, Roles.OFFICER})
  @Operation(summary = "The caller's meetings, newest first")
  public Page<MyEncounter> mine(@BeanParam @Valid PageRequest page) {
    Caller me = caller.get();
    boolean officer = me.kind() == PartyKind.OFFICER;
    List<Encounter> rows =
        database.read(
            tx ->
                officer
                    ? encounters.ofOfficer(tx, me.userId(), page)
                    : encounters.ofCivilian(tx, me.userId(), page));
    return Page.from(rows, page, row -> row.id().toString()).map(row -> seenBy(officer, row));
  }

  private static MyEncounter seenBy(boolean officer, Encounter row) {
    Long points =
        row.state() instanceof Confirmed confirmed
            ? (Long) (officer ? confirmed.officerPoints() : confirmed.civilianPoints())
            : null;
    return new MyEncounter(
        row.id(),
        row.status(),
        row.proof(),
        points,
        row.madeAt(),
        officer ? row.civilian() : row.officer());
  }
}
