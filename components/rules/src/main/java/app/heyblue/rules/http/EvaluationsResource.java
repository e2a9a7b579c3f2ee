package app.heyblue.rules.http;

import app.heyblue.rules.deciding.DecidingRules;
import app.heyblue.rules.deciding.FactsInput;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Trying the active rules out. */
@Path("/api/v1/rules/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
class EvaluationsResource {
  private final DecidingRules rules;

  EvaluationsResource(DecidingRules rules) {
    this.rules = rules;
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Ask the active rules what they would decide",
      description =
          "Nothing is moved or counted. docs/reference/rules.md lists the facts of each kind; all of"
              + " them are needed.")
  public Evaluations.Answer evaluate(@NotNull @Valid Evaluations.Request request) {
    return Evaluations.Answer.of(
        rules.evaluate(request.kind(), FactsInput.read(request.kind(), request.facts())));
  }
}
