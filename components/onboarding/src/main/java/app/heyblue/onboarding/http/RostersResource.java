package app.heyblue.onboarding.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.onboarding.OnboardingProblems;
import app.heyblue.onboarding.roster.Roster;
import app.heyblue.onboarding.roster.RosterCounts;
import app.heyblue.onboarding.roster.RosterFile;
import app.heyblue.security.Budget;
import app.heyblue.security.Roles;
import app.heyblue.security.Spends;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Replacing the agencies' roster while the server runs. */
@Path("/api/v1/onboarding/rosters")
@Tag(name = "Onboarding")
@Produces(MediaType.APPLICATION_JSON)
class RostersResource {
  private static final long LARGEST_MIB = 64;

  private final Roster roster;

  RostersResource(Roster roster) {
    this.roster = roster;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Replace the badges of the agencies in a roster file",
      description =
          "CSV in UTF-8, header agency,domain,timeZone,zip,badge, a row per badge. Taken whole or"
              + " not at all; agencies that aren't in it keep theirs.")
  @APIResponse(responseCode = "413", description = "More than 64 MiB")
  @APIResponse(responseCode = "422", description = "Faulty; the detail names the lines")
  @Spends(Budget.COSTLY)
  public RosterCounts replace(@RestForm("file") @Nullable FileUpload file) {
    if (file == null) {
      throw ProblemException.invalid("file", "Send the roster as the multipart field `file`.");
    }
    if (file.size() > LARGEST_MIB << 20) {
      throw CommonProblems.TOO_LARGE.raise("A roster has at most " + LARGEST_MIB + " MiB.");
    }
    try {
      return roster.replace(RosterFile.read(file.uploadedFile()));
    } catch (RosterFile.Faulty e) {
      throw OnboardingProblems.ROSTER_FAULTY.raise(e.faults());
    }
  }
}
