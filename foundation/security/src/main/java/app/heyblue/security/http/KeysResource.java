package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Operator;
import app.heyblue.security.Roles;
import app.heyblue.security.keys.MasterRotation;
import app.heyblue.security.tokens.SigningKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The rotation of keys; the command line of this machine is its client. */
@Path("/api/v1/operator/keys")
@Tag(name = "Operator")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class KeysResource {
  private final SigningKeys signing;
  private final MasterRotation master;
  private final CurrentCaller callers;

  KeysResource(SigningKeys signing, MasterRotation master, CurrentCaller callers) {
    this.signing = signing;
    this.master = master;
    this.callers = callers;
  }

  /**
   * All that is told about keys; never a key.
   *
   * @param signing the published keys of access tokens, in the order in which they sign
   */
  record Keys(List<SigningKeys.Seen> signing, MasterRotation.State master) {}

  /** How another key of access tokens comes in. */
  record SigningRotation(
      @Schema(
              description =
                  "Whether what earlier keys signed is refused 15 seconds later; clients then"
                      + " refresh. For a key that leaked.")
          @Nullable Boolean revokeEarlier) {}

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Which keys are in use; with the operator's token only")
  @APIResponse(responseCode = "200", description = "Their ids and times, never the keys")
  public Keys keys() {
    requireOperator();
    return new Keys(signing.seen(), master.state());
  }

  @POST
  @Path("/signing/rotation")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Publish another key of access tokens; with the operator's token only")
  @APIResponse(responseCode = "200", description = "The keys now; the new one signs later")
  public Keys rotateSigning(@NotNull @Valid SigningRotation rotation) {
    requireOperator();
    signing.rotate(Boolean.TRUE.equals(rotation.revokeEarlier()));
    return keys();
  }

  @POST
  @Path("/master/rotation")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Put another master key into use; with the operator's token only",
      description = "All keys are rewrapped meanwhile; `GET /operator/keys` tells how far that is.")
  @APIResponse(responseCode = "200", description = "The keys now")
  public Keys rotateMaster() {
    requireOperator();
    master.rotate();
    return keys();
  }

  @DELETE
  @Path("/master/old")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Drop the master keys that wrap nothing; with the operator's token only")
  @APIResponse(responseCode = "200", description = "The keys now")
  @APIResponse(responseCode = "409", description = "Something is still wrapped by one of them")
  public Keys dropOld() {
    requireOperator();
    master.dropOld();
    return keys();
  }

  private void requireOperator() {
    if (!callers.get().userId().equals(Operator.USER_ID)) {
      throw CommonProblems.FORBIDDEN.raise(
          "Keys are looked after on the command line: ./heyblue keys");
    }
  }
}
