package app.heyblue.onboarding.http;

import app.heyblue.onboarding.codes.Purpose;
import app.heyblue.onboarding.recovery.Recovery;
import app.heyblue.security.EmailFingerprints;
import app.heyblue.security.RateLimits;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Choosing a new password. */
@Path("/api/v1/password-resets")
@Tag(name = "Sessions")
@PermitAll
class PasswordResetsResource {
  private final Recovery recovery;
  private final RateLimits limits;
  private final EmailFingerprints fingerprints;

  PasswordResetsResource(Recovery recovery, RateLimits limits, EmailFingerprints fingerprints) {
    this.recovery = recovery;
    this.limits = limits;
    this.fingerprints = fingerprints;
  }

  record Confirmation(
      @NotNull @Size(max = 100) String code, @NotNull @Size(min = 8, max = 200) String password) {
    /** Neither code nor password belong in a log. */
    @Override
    public String toString() {
      return "Confirmation[…]";
    }
  }

  @POST
  @Operation(summary = "Ask for a code by mail to choose a new password")
  @APIResponse(responseCode = "202", description = "The same whether or not the address is known")
  public Response request(@NotNull @Valid Address body, @Context HttpHeaders headers) {
    limits.take(Limits.CODES);
    limits.take(Limits.codesTo(fingerprints.of(body.email().strip())));
    return Response.accepted(
            new Requested(
                recovery.request(Purpose.PASSWORD_RESET, body.email(), Languages.of(headers))))
        .build();
  }

  @POST
  @Path("/{id}/confirmation")
  @Operation(summary = "Choose the new password by the mailed code; all sessions end")
  @APIResponse(responseCode = "204", description = "Changed")
  public void confirm(@PathParam("id") UUID id, @NotNull @Valid Confirmation body) {
    limits.countRefusals(
        Limits.WRONG_CODES, () -> recovery.reset(id, body.code(), body.password()));
  }
}
