package app.heyblue.rules.http;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.Uuids;
import app.heyblue.rules.domain.RuleInput;
import app.heyblue.rules.facts.Rfc3339;
import app.heyblue.rules.simulation.Report;
import app.heyblue.rules.simulation.Simulations;
import app.heyblue.rules.simulation.Simulations.Trial;
import app.heyblue.security.Budget;
import app.heyblue.security.Roles;
import app.heyblue.security.Spends;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Trying a draft out on what really happened. */
@Path("/api/v1/rules/simulations")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
class SimulationsResource {
  private final Simulations simulations;

  SimulationsResource(Simulations simulations) {
    this.simulations = simulations;
  }

  /**
   * What to try out on what.
   *
   * @param rule the id of a rule, or a rule as for {@code POST /rules}
   * @param replaces the id of the active rule whose place a rule without an id would take
   * @param from RFC 3339, inclusive
   * @param to RFC 3339, exclusive
   */
  @Schema(name = "RuleSimulationRequest")
  record Request(
      @Schema(
              description = "The id of a rule, or a rule as for `POST /rules`",
              oneOf = {UUID.class, RuleInput.class})
          @NotNull
          JsonNode rule,
      @Nullable UUID replaces,
      @Schema(format = "date-time") @NotNull String from,
      @Schema(format = "date-time") @NotNull String to) {}

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Ask what a draft would have paid",
      description =
          """
          Every transaction of the rule's kind in that time is decided again by the rules active \
          now and the draft, with their limits, and compared with what was paid. With `Accept: \
          text/event-stream` the answer is a stream of `progress` events (`{"done", "of"}`) and, at \
          last, a `result`. Nothing is moved or counted. What was refused then isn't recorded, so a \
          more generous draft can't be tried on it.""")
  @APIResponse(
      responseCode = "200",
      description = "What was paid, what would have been, and the difference")
  @APIResponse(responseCode = "503", description = "Another simulation is running")
  @Spends(Budget.COSTLY)
  public Report simulate(@NotNull @Valid Request request) throws JsonProcessingException {
    Trial trial = trial(request);
    return Objects.requireNonNull(
        simulations.run(trial, from(request), to(request), (done, of) -> true));
  }

  // The lower weight makes the one answer the default for clients without preference.
  @POST
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  @RolesAllowed(Roles.ADMIN)
  @Operation(hidden = true)
  @Spends(Budget.COSTLY)
  public void follow(@NotNull @Valid Request request, @Context SseEventSink sink, @Context Sse sse)
      throws JsonProcessingException {
    Trial trial = trial(request);
    Instant from = from(request);
    Instant to = to(request);
    Thread.ofVirtual()
        .name("heyblue-simulation")
        .start(() -> new SimulationStream(sink, sse).send(simulations, trial, from, to));
  }

  private Trial trial(Request request) throws JsonProcessingException {
    if (!from(request).isBefore(to(request))) {
      throw ProblemException.invalid("/to", "This must be later than `from`.");
    }
    JsonNode rule = request.rule();
    if (rule.isTextual()) {
      if (request.replaces() != null) {
        throw ProblemException.invalid(
            "/replaces", "A rule with an id takes its own place; leave this out.");
      }
      return simulations.trial(id(rule.textValue()));
    }
    if (!rule.isObject()) {
      throw ProblemException.invalid("/rule", "This must be the id of a rule, or a rule.");
    }
    return simulations.trial(Json.mapper().treeToValue(rule, RuleInput.class), request.replaces());
  }

  private static UUID id(String text) {
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("/rule", "This must be the id of a rule, or a rule.");
    }
  }

  private static Instant from(Request request) {
    return time("/from", request.from());
  }

  private static Instant to(Request request) {
    return time("/to", request.to());
  }

  private static Instant time(String pointer, String text) {
    return Rfc3339.parse(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    pointer,
                    "This must be a time as in RFC 3339, for example 2026-07-01T00:00:00Z."));
  }
}
