package app.heyblue.security.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.Uuids;
import app.heyblue.security.Budget;
import app.heyblue.security.Roles;
import app.heyblue.security.Spends;
import app.heyblue.security.audit.AuditChain;
import app.heyblue.security.audit.AuditEntry;
import app.heyblue.security.audit.AuditExport;
import app.heyblue.security.audit.AuditQuery;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who did what, and that nobody altered the trail of it; for admins. */
@Path("/api/v1/audit")
@Tag(name = "Audit")
@Produces(MediaType.APPLICATION_JSON)
class AuditResource {
  private static final String VISIBLE = "[ -~]{0,200}";
  private static final String NDJSON = "application/x-ndjson";
  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final AuditTrail trail;
  private final AuditChain chain;
  private final AuditExport export;
  private final RefusalLog refusals;

  AuditResource(AuditTrail trail, AuditChain chain, AuditExport export, RefusalLog refusals) {
    this.trail = trail;
    this.chain = chain;
    this.export = export;
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
          @Pattern(regexp = VISIBLE, message = "at most 200 visible ASCII characters")
          @Nullable String subject,
      @Parameter(description = "Only this action, for example `rule.activated`.")
          @QueryParam("action")
          @Pattern(regexp = VISIBLE, message = "at most 200 visible ASCII characters")
          @Nullable String action,
      @Parameter(description = "`done`, or the HTTP status of a request that changed nothing.")
          @QueryParam("outcome")
          @Pattern(regexp = "[a-z0-9]{0,20}", message = "done, or an HTTP status")
          @Nullable String outcome,
      @Parameter(description = "Only from this time on (RFC 3339).") @QueryParam("from")
          @Nullable String from,
      @Parameter(description = "Only before this time (RFC 3339).") @QueryParam("to")
          @Nullable String to,
      @BeanParam @Valid PageRequest page) {
    AuditQuery wanted =
        new AuditQuery(
            given(actor).map(AuditResource::id),
            given(subject),
            given(action),
            given(outcome),
            given(from).map(text -> time("from", text)),
            given(to).map(text -> time("to", text)));
    refusals.flush(PATIENCE);
    return trail.find(wanted, page);
  }

  @GET
  @Path("/proof")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "The trail's records counted, and the newest signed head",
      description = "Keep the head elsewhere: with it, a later check sees what was cut off.")
  @Spends(Budget.COSTLY)
  public AuditChain.Proof proof() {
    refusals.flush(PATIENCE);
    return chain.proof();
  }

  @GET
  @Path("/export")
  @Produces({NDJSON, MediaType.WILDCARD})
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "The whole trail, for `./heyblue audit verify`",
      description = "One canonical JSON document a line; network addresses stay sealed.")
  @APIResponse(responseCode = "200", description = "The lines")
  @Spends(Budget.COSTLY)
  public Response export() {
    refusals.flush(PATIENCE);
    chain.proof();
    StreamingOutput lines = export::write;
    return Response.ok(lines, NDJSON)
        .header("Content-Disposition", "attachment; filename=\"heyblue-audit.ndjson\"")
        .build();
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(some -> !some.isEmpty());
  }

  private static UUID id(String text) {
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("actor", "Not the id of a party.");
    }
  }

  private static Instant time(String name, String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // The same answer as for a time that no record can have.
    }
    throw ProblemException.invalid(
        name, "A time as in RFC 3339, for example 2026-07-04T12:00:00Z.");
  }
}
