package app.heyblue.server.demo;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.DemoMailbox;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.Session;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The open doors of the demo town; not there where there are no demo data. */
@Path("/api/v1/demo")
@PermitAll
@Tag(name = "Demo", description = "Only while demo data exist, on this machine only.")
class DemoResource {
  private final DemoTown town;
  private final EvidenceDesk desk;
  private final DemoMailbox mailbox;
  private final IdentityProvider identities;

  DemoResource(DemoTown town, EvidenceDesk desk, DemoMailbox mailbox, IdentityProvider identities) {
    this.town = town;
    this.desk = desk;
    this.mailbox = mailbox;
    this.identities = identities;
  }

  record Door(
      @NotNull UserId userId,
      @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[!-~]+") String deviceId) {}

  @GET
  @Path("/mailbox")
  @Operation(summary = "What was mailed to an address, newest first")
  public Page<DemoMailbox.Item> mailbox(
      @QueryParam("email") @NotNull @Size(max = 254) String email) {
    return Page.of(mailbox.read(email));
  }

  @GET
  @Path("/people")
  @Operation(summary = "The people of the demo town, of every kind")
  public Page<DemoPerson> people() {
    return Page.of(town.people());
  }

  @POST
  @Path("/sessions")
  @Operation(summary = "Sign in as one of the demo people, without a password")
  public Response signIn(@NotNull @Valid Door door) {
    if (town.people().stream().noneMatch(person -> person.userId().equals(door.userId()))) {
      throw CommonProblems.NOT_FOUND.raise("Nobody of the demo town has this id.");
    }
    Session session = identities.signInAs(door.userId(), door.deviceId());
    return Response.status(Response.Status.CREATED).entity(session).build();
  }

  @GET
  @Path("/evidence")
  @Operation(summary = "Evidence that a new application can use")
  public DemoEvidence evidence(@QueryParam("kind") @Nullable String kind) {
    try {
      return desk.next(PartyKind.parse(String.valueOf(kind)));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("kind", String.valueOf(e.getMessage()));
    }
  }
}
