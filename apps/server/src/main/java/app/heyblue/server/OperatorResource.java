package app.heyblue.server;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.Applicant;
import app.heyblue.onboarding.Onboarding;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Operator;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What only the operator on this machine may do; the command line is its client. */
@Path("/api/v1/operator")
@Tag(name = "Operator")
final class OperatorResource {
  private final Onboarding onboarding;
  private final CurrentCaller callers;

  OperatorResource(Onboarding onboarding, CurrentCaller callers) {
    this.onboarding = onboarding;
    this.callers = callers;
  }

  record NewAdmin(
      @NotNull @Email @Size(max = 254) String email,
      @NotNull @Size(min = 8, max = 200) String password,
      @NotBlank @Size(max = 100) String displayName) {}

  record Admin(UserId userId) {}

  @POST
  @Path("/admins")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Make an administrator; with the operator's token only")
  public Response addAdmin(@NotNull @Valid NewAdmin admin) {
    Caller caller = callers.get();
    if (!caller.userId().equals(Operator.USER_ID)) {
      throw CommonProblems.FORBIDDEN.raise(
          "Administrators are made on the command line: ./heyblue admins add EMAIL");
    }
    UserId made =
        onboarding.admit(
            new Applicant(
                PartyKind.ADMIN,
                admin.email(),
                admin.password(),
                admin.displayName(),
                "00000",
                "operator-made",
                Map.of()));
    return Response.status(Response.Status.CREATED).entity(new Admin(made)).build();
  }
}
