package app.heyblue.security.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.Uuids;
import app.heyblue.security.Roles;
import app.heyblue.security.audit.AuditEntry;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.audit.RefusalLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who did what, for admins. */
@Path("/api/v1/audit")
@Tag(name = "Audit")
@Produces(MediaType.APPLICATION_JSON)
class AuditResource {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final AuditTrail trail;
  private final RefusalLog refusals;

  AuditResource(AuditTrail trail, RefusalLog refusals) {
    this.trail = trail;
    this.refusals = refusals;
  }

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "The audit trail, newest first")
  public Page<AuditEntry> trail(
      @Parameter(description = "Only what this party did.") @QueryParam("actor")
          @Nullable String actor,
      @Parameter(description = "Only what happened to this object.")
          @QueryParam("subject")
          @Pattern(regexp = "[ -~]{0,200}", message = "at most 200 visible ASCII characters")
          @Nullable String subject,
      @BeanParam @Valid PageRequest page) {
    Optional<UUID> by =
        Optional.ofNullable(actor).filter(text -> !text.isEmpty()).map(AuditResource::id);
    refusals.flush(PATIENCE);
    return trail.find(by, Optional.ofNullable(subject).filter(text -> !text.isEmpty()), page);
  }

  private static UUID id(String text) {
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("actor", "Not the id of a party.");
    }
  }
}
