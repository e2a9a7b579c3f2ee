package app.heyblue.scoring.domain;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a transaction happens.
 *
 * @param rule the rule that decided; null where none was asked, as for a reversal
 * @param facts what the rule was asked about, without anything personal but ids
 * @param outcome what it said, by name
 */
public record Grounds(
    @Nullable RuleRef rule,
    List<String> explanation,
    Map<String, Object> facts,
    Map<String, Long> outcome) {

  public static Grounds of(Decision decision, Map<String, Object> facts) {
    return new Grounds(decision.rule(), decision.explanation(), facts, decision.outcome());
  }

  /** Grounds other than a rule. */
  public static Grounds because(String explanation) {
    return new Grounds(null, List.of(explanation), Map.of(), Map.of());
  }
}
