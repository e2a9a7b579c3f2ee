package app.heyblue.rules.deciding;

import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.rules.expressions.Condition;
import app.heyblue.rules.expressions.Evaluated;
import app.heyblue.rules.expressions.Expression;
import app.heyblue.rules.expressions.Expressions;
import app.heyblue.rules.expressions.InvalidExpression;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A version of a rule, ready to judge.
 *
 * @param outcomes an expression for each outcome of the kind, in the schema's order
 */
public record CompiledRule(
    RuleVersion version, Condition condition, Map<Outcome, Expression> outcomes) {
  /** The order in which rules are asked: the highest priority, then the oldest. */
  public static final Comparator<CompiledRule> ORDER =
      Comparator.<CompiledRule>comparingInt(rule -> -rule.content().priority())
          .thenComparing(rule -> rule.version().ruleId().toString());

  /**
   * Compiles.
   *
   * @throws InvalidExpression where the content was never checked, or by an older release
   */
  public static CompiledRule of(RuleVersion version) throws InvalidExpression {
    RuleContent content = version.content();
    Expressions expressions = Expressions.of(content.kind());
    Map<Outcome, Expression> outcomes = new LinkedHashMap<>();
    for (Outcome outcome : FactSchema.of(content.kind()).outcomes()) {
      outcomes.put(
          outcome, expressions.outcome(outcome, content.then().getOrDefault(outcome.name(), "")));
    }
    return new CompiledRule(version, expressions.condition(content.when()), outcomes);
  }

  public RuleContent content() {
    return version.content();
  }

  /** What a rule says of some facts, whatever its validity window. */
  sealed interface Judgement {
    /** The condition holds, and every outcome has a value. */
    record Applies(Map<Outcome, Object> values) implements Judgement {}

    /** A part of the condition is false. */
    record DoesNotApply() implements Judgement {}

    /** An expression has no value for these facts, so the rule is left out. */
    record Broken(String expression, String reason) implements Judgement {}
  }

  /**
   * What the rule says of some facts.
   *
   * @param known what parts of conditions came to for these facts, by their text; rules share many,
   *     and each is evaluated once
   */
  Judgement judge(Map<String, Object> facts, Map<String, Evaluated> known) {
    Judgement.Broken broken = null;
    for (Expression part : condition.parts()) {
      Evaluated evaluated = known.get(part.text());
      if (evaluated == null) {
        evaluated = part.evaluate(facts);
        known.put(part.text(), evaluated);
      }
      switch (evaluated) {
        case Evaluated.Value(Object value) -> {
          // As CEL has it, a part that is false decides, whatever another one fails on.
          if (!value.equals(true)) {
            return new Judgement.DoesNotApply();
          }
        }
        case Evaluated.Failure(String reason) -> {
          if (broken == null) {
            broken = new Judgement.Broken(part.text(), reason);
          }
        }
      }
    }
    return broken == null ? answer(facts) : broken;
  }

  private Judgement answer(Map<String, Object> facts) {
    Map<Outcome, Object> values = new LinkedHashMap<>();
    for (var outcome : outcomes.entrySet()) {
      switch (outcome.getValue().evaluate(facts)) {
        case Evaluated.Value(Object value) -> values.put(outcome.getKey(), value);
        case Evaluated.Failure(String reason) -> {
          return new Judgement.Broken(outcome.getValue().text(), reason);
        }
      }
    }
    return new Judgement.Applies(values);
  }

  /** The parts of the condition that are false for these facts. */
  List<Expression> falseParts(Map<String, Object> facts) {
    return condition.parts().stream()
        .filter(
            part ->
                switch (part.evaluate(facts)) {
                  case Evaluated.Value(Object value) -> !value.equals(true);
                  case Evaluated.Failure failure -> false;
                })
        .toList();
  }
}
