package app.heyblue.users.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.users.Profile;
import app.heyblue.users.activity.Met;
import app.heyblue.users.activity.Received;
import app.heyblue.users.postgres.ActivityTables;
import app.heyblue.users.profiles.Directory;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Parties as others see them, and what each can look back on. */
@Path("/api/v1/users/{id}")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
class UserResource {
  private final Database database;
  private final Directory directory;
  private final ActivityTables activity;
  private final CurrentCaller caller;

  UserResource(
      Database database, Directory directory, ActivityTables activity, CurrentCaller caller) {
    this.database = database;
    this.directory = directory;
    this.activity = activity;
    this.caller = caller;
  }

  /**
   * An officer whom the caller has met.
   *
   * @param name where the officer shows it
   * @param encounters how many times they met
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfficerMet(
      UserId officerId,
      @Nullable String agency,
      @Nullable String name,
      long encounters,
      Instant lastAt) {}

  /**
   * A donation that the caller received.
   *
   * @param donorId null to a family, which learns no donor
   */
  record DonationReceived(UUID transactionId, long points, Instant at, @Nullable UserId donorId) {}

  /** How many encounters an officer has had. */
  record EncounterCount(long encounters) {}

  @GET
  @Authenticated
  @Operation(summary = "What a party shows in public; itself and admins see all of it")
  public PublicProfile show(@PathParam("id") UUID id) {
    Caller viewer = caller.get();
    Profile profile = directory.find(new UserId(id)).orElseThrow(UserResource::nobody);
    return mayLookInside(viewer, profile.userId())
        ? PublicProfile.toItself(profile)
        : PublicProfile.toAnybody(profile).orElseThrow(UserResource::nobody);
  }

  @GET
  @Path("/officers-met")
  @RolesAllowed(Roles.CIVILIAN)
  @Operation(summary = "The officers whom the caller has met, latest first")
  public Page<OfficerMet> officersMet(
      @PathParam("id") UUID id, @BeanParam @Valid PageRequest page) {
    UserId me = new UserId(id);
    caller.requireSelf(me);
    List<Met> rows = database.read(tx -> activity.officersMetBy(tx, me, page));
    Map<UserId, Profile> officers = directory.findAll(rows.stream().map(Met::officer).toList());
    return Page.from(rows, page, ActivityTables::placeOf)
        .map(met -> shown(met, officers.get(met.officer())));
  }

  @GET
  @Path("/donations-received")
  @RolesAllowed({Roles.CHARITY, Roles.FAMILY})
  @Operation(summary = "The donations that the caller received, newest first")
  public Page<DonationReceived> donationsReceived(
      @PathParam("id") UUID id, @BeanParam @Valid PageRequest page) {
    UserId me = new UserId(id);
    caller.requireSelf(me);
    boolean learnsDonors = caller.get().kind() != PartyKind.FAMILY;
    List<Received> rows = database.read(tx -> activity.donationsTo(tx, me, page));
    return Page.from(rows, page, row -> row.transactionId().toString())
        .map(
            row ->
                new DonationReceived(
                    row.transactionId(),
                    row.points(),
                    row.at(),
                    learnsDonors ? row.giver() : null));
  }

  @GET
  @Path("/encounter-count")
  @Authenticated
  @Operation(summary = "How many encounters an officer has had, where the officer allows it")
  public EncounterCount encounterCount(@PathParam("id") UUID id) {
    Caller viewer = caller.get();
    Profile officer =
        directory
            .find(new UserId(id))
            .filter(profile -> profile.kind() == PartyKind.OFFICER)
            .orElseThrow(UserResource::nobody);
    if (!officer.showEncounterCount() && !mayLookInside(viewer, officer.userId())) {
      throw CommonProblems.FORBIDDEN.raise("This officer doesn't show the count.");
    }
    return new EncounterCount(
        database.<Long, RuntimeException>read(tx -> activity.encountersOf(tx, officer.userId())));
  }

  private static OfficerMet shown(Met met, @Nullable Profile officer) {
    return new OfficerMet(
        met.officer(),
        officer == null ? null : officer.agency(),
        officer == null || !officer.nameIsPublic() ? null : officer.displayName(),
        met.encounters(),
        met.lastAt());
  }

  private static boolean mayLookInside(Caller viewer, UserId party) {
    return viewer.isAdmin() || viewer.userId().equals(party);
  }

  private static ProblemException nobody() {
    return CommonProblems.NOT_FOUND.raise("Nobody who shows a profile has this id.");
  }
}
