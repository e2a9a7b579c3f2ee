package app.heyblue.rules.http;

import app.heyblue.rules.deciding.DecidingRules;
import app.heyblue.rules.deciding.FactsInput;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Trying the active rules out. */
@Path("/api/v1/rules/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
class EvaluationsResource {
  private final DecidingRules rules;
  private final Clock clock;

  EvaluationsResource(DecidingRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Ask the active rules what they would decide",
      description =
          "Nothing is moved or counted. docs/reference/rules.md lists the facts of each kind. Those"
              + " about the circumstances may be left out: `at` is then now, a time zone UTC,"
              + " `agencyZip` empty and `verdict` unknown.")
  public Evaluations.Answer evaluate(@NotNull @Valid Evaluations.Request request) {
    FactSchema schema = FactSchema.of(request.kind());
    Map<String, @Nullable Object> facts = new HashMap<>(request.facts());
    circumstances()
        .forEach(
            (name, value) -> {
              if (schema.fact(name).isPresent()) {
                facts.putIfAbsent(name, value);
              }
            });
    return Evaluations.Answer.of(
        rules.evaluate(request.kind(), FactsInput.read(request.kind(), facts)));
  }

  private Map<String, String> circumstances() {
    return Map.of(
        "at", clock.instant().toString(),
        "timeZone", "UTC",
        "officerTimeZone", "UTC",
        "agencyZip", "",
        "verdict", "unknown");
  }
}
