package app.heyblue.encounters.http;

import app.heyblue.encounters.asking.Asked;
import app.heyblue.encounters.asking.Requests;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Meetings by scan, and all meetings and requests as their two see them. */
@Path("/api/v1/encounters")
@Tag(name = "Encounters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class EncounterResource {
  /** As the database orders ids, which begin with the time of their making. */
  private static final Comparator<UUID> NEWEST_FIRST =
      Comparator.comparing(UUID::toString).reversed();

  private final Scans scans;
  private final Requests requests;
  private final Encounters encounters;
  private final Database database;
  private final CurrentCaller caller;

  EncounterResource(
      Scans scans,
      Requests requests,
      Encounters encounters,
      Database database,
      CurrentCaller caller) {
    this.scans = scans;
    this.requests = requests;
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

  /**
   * A meeting, or a request for one, as one of the two sees it.
   *
   * @param points what the caller earned; null where nothing was paid
   * @param at when the code was scanned, the request accepted or, if it only is one, made
   * @param otherParty whom the caller met; null in a request
   * @param expiresAt until when a request can be accepted; null in anything else
   */
  record MyEncounter(
      UUID id,
      String status,
      Proof proof,
      @Nullable Long points,
      Instant at,
      @Nullable UserId otherParty,
      @Nullable Instant expiresAt) {}

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
      description =
          "The code is not ours or expired; or the positions of the two contradict it or the rules say no, which uses it up")
  public Response scan(
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @NotNull @Valid Scan scan) {
    return ConfirmedEncounter.answer(
        scans.scan(caller.get().userId(), IdempotencyKey.parse(idempotencyKey), scan.token()));
  }

  @GET
  @RolesAllowed({Roles.CIVILIAN, Roles.OFFICER})
  @Operation(summary = "The caller's meetings and open requests, newest first")
  public Page<MyEncounter> mine(@BeanParam @Valid PageRequest page) {
    Caller me = caller.get();
    boolean officer = me.kind() == PartyKind.OFFICER;
    // Requests first: one that is accepted meanwhile is then seen twice and not never.
    Map<UUID, MyEncounter> rows = new HashMap<>();
    Optional<UUID> after = page.placeAsId();
    (officer ? requests.waitingFor(me.userId()) : requests.askedBy(me.userId()))
        .stream()
            .filter(asked -> after.isEmpty() || NEWEST_FIRST.compare(after.get(), asked.id()) < 0)
            .forEach(asked -> rows.put(asked.id(), requested(asked)));
    database
        .read(
            tx ->
                officer
                    ? encounters.ofOfficer(tx, me.userId(), page)
                    : encounters.ofCivilian(tx, me.userId(), page))
        .forEach(row -> rows.put(row.id(), seenBy(officer, row)));
    List<MyEncounter> newest =
        rows.values().stream()
            .sorted(Comparator.comparing(MyEncounter::id, NEWEST_FIRST))
            .limit(page.limit() + 1L)
            .toList();
    return Page.from(newest, page, row -> row.id().toString());
  }

  private static MyEncounter requested(Asked asked) {
    return new MyEncounter(
        asked.id(), "requested", Proof.REQUEST, null, asked.at(), null, asked.expiresAt());
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
        officer ? row.civilian() : row.officer(),
        null);
  }
}
