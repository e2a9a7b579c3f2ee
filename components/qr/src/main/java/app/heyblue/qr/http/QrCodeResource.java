package app.heyblue.qr.http;

import app.heyblue.qr.QrCode;
import app.heyblue.qr.QrCodes;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Codes for a civilian to show. */
@Path("/api/v1/qr-codes")
@Tag(name = "Encounters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class QrCodeResource {
  private final QrCodes codes;
  private final CurrentCaller caller;

  QrCodeResource(QrCodes codes, CurrentCaller caller) {
    this.codes = codes;
    this.caller = caller;
  }

  /** Nothing needs to be said to get a code. */
  record NewQrCode() {}

  @POST
  @RolesAllowed(Roles.CIVILIAN)
  @Operation(summary = "Make a code that an officer can scan within 60 seconds, once")
  @APIResponse(
      responseCode = "201",
      description = "The code as text, as PNG in base64 and as SVG",
      content = @Content(schema = @Schema(implementation = QrCode.class)))
  public Response make(@NotNull NewQrCode body) {
    return Response.status(Response.Status.CREATED)
        .entity(codes.issue(caller.get().userId()))
        .header("Cache-Control", "no-store")
        .build();
  }
}
