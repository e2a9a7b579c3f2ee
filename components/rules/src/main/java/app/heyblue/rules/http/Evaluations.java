package app.heyblue.rules.http;

import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.RuleRef;
import app.heyblue.rules.deciding.Evaluation;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code POST /rules/evaluations}. */
final class Evaluations {
  private Evaluations() {}

  /**
   * What to decide about.
   *
   * @param facts the kind's facts by name; times in RFC 3339
   */
  @Schema(name = "RuleEvaluationRequest")
  record Request(@NotNull RuleKind kind, @NotNull Map<String, @Nullable Object> facts) {}

  /**
   * What the active rules say.
   *
   * @param points the deciding rule's numbers by outcome
   * @param matched every rule that applies, the deciding one first
   * @param retryAt when a validity window would turn a no into a yes
   */
  @Schema(name = "RuleEvaluation")
  record Answer(
      boolean allowed,
      Map<String, Long> points,
      List<RuleRef> matched,
      List<AppliedLimit> limits,
      List<String> explanation,
      @Nullable Instant retryAt) {
    static Answer of(Evaluation evaluation) {
      return new Answer(
          evaluation.decision().allowed(),
          evaluation.decision().outcome(),
          evaluation.matched(),
          evaluation.decision().limits(),
          evaluation.decision().explanation(),
          evaluation.decision().retryAt());
    }
  }
}
