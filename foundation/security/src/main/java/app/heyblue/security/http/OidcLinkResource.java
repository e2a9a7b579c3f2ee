package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.UserId;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Operator;
import app.heyblue.security.Roles;
import app.heyblue.security.oidc.ForeignSessions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Linking a party to somebody of another issuer; the only way for an administrator to be linked.
 */
@Path("/api/v1/operator/oidc-links")
@Tag(name = "Operator")
class OidcLinkResource {
  private final ForeignSessions foreign;
  private final CurrentCaller caller;

  OidcLinkResource(ForeignSessions foreign, CurrentCaller caller) {
    this.foreign = foreign;
    this.caller = caller;
  }

  /**
   * A link to be made.
   *
   * @param issuer the name that the operator gave the issuer
   * @param subject the {@code sub} of its tokens
   */
  record Link(
      @NotNull UserId userId,
      @NotNull @Size(min = 1, max = 100) String issuer,
      @NotNull @Pattern(regexp = "[ -~]{1,255}", message = "1 to 255 ASCII characters")
          String subject) {
    @Override
    public String toString() {
      return "Link[" + userId + "]";
    }
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Link a party to a subject of another issuer; with the operator's token only")
  @APIResponse(responseCode = "204", description = "Linked, instead of an earlier subject there")
  public void link(@NotNull @Valid Link body) {
    if (!caller.get().equals(Operator.CALLER)) {
      throw CommonProblems.FORBIDDEN.raise("Links are made on the server's own machine.");
    }
    foreign.link(body.userId(), body.issuer(), body.subject());
  }
}
