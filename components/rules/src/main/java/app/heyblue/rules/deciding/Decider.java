package app.heyblue.rules.deciding;

import app.heyblue.rules.Counter;
import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.RuleRef;
import app.heyblue.rules.deciding.CompiledRule.Judgement;
import app.heyblue.rules.expressions.Evaluated;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides by the active rules of one kind; a function of them and the facts. */
public final class Decider {
  /** How many openings and closings of validity windows are tried for {@code retryAt}. */
  private static final int MAX_RETRY_TIMES = 20;

  private final RuleKind kind;
  private final List<CompiledRule> rules;

  /**
   * A decider.
   *
   * @param rules the active ones of this kind, in {@link CompiledRule#ORDER}
   */
  public Decider(RuleKind kind, List<CompiledRule> rules) {
    this.kind = kind;
    this.rules = List.copyOf(rules);
  }

  /** Decides; stops at the first rule that applies. */
  public Decision decide(Map<String, Object> facts) {
    return evaluate(facts, false).decision();
  }

  /** Everything that a transaction of these facts counts in, where that rule decided about it. */
  public List<Counter> counters(Map<String, Object> facts, UUID rule) {
    return Parties.of(kind, facts, rule).counters();
  }

  /** Decides, and asks the other rules too. */
  public Evaluation evaluate(Map<String, Object> facts) {
    return evaluate(facts, true);
  }

  private Evaluation evaluate(Map<String, Object> facts, boolean all) {
    List<RuleRef> matched = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    Decision decision = null;
    Map<String, Evaluated> known = new HashMap<>();
    for (CompiledRule rule : rules) {
      if (!rule.content().isValidAt(at(facts))) {
        continue;
      }
      switch (rule.judge(facts, known)) {
        case Judgement.Applies(Map<Outcome, Object> values) -> {
          matched.add(rule.version().ref());
          if (decision == null) {
            decision = decision(rule, values, facts, leftOut);
          }
        }
        case Judgement.DoesNotApply no -> {}
        case Judgement.Broken broken -> {
          if (decision == null) {
            leftOut.add(Explanations.leftOut(rule, broken));
          }
        }
      }
      if (decision != null && !all) {
        break;
      }
    }
    return new Evaluation(decision == null ? refusal(facts, leftOut) : decision, matched);
  }

  private Decision decision(
      CompiledRule rule,
      Map<Outcome, Object> values,
      Map<String, Object> facts,
      List<String> before) {
    List<String> objections =
        values.entrySet().stream()
            .map(value -> value.getKey().objection(value.getValue()))
            .filter(Objects::nonNull)
            .toList();
    boolean allowed = objections.isEmpty() && !values.containsValue(false);
    List<String> explanation = new ArrayList<>(before);
    explanation.add(Explanations.decided(rule, values, objections));
    Instant retryAt = allowed ? null : retryAt(facts);
    Parties parties = Parties.of(kind, facts, rule.version().ruleId());
    return new Decision(
        allowed,
        allowed ? numbers(values) : Map.of(),
        rule.version().ref(),
        parties.applied(rule.content().limits()),
        parties.counters(),
        explained(explanation, retryAt),
        retryAt);
  }

  private Decision refusal(Map<String, Object> facts, List<String> leftOut) {
    List<String> explanation = new ArrayList<>(leftOut);
    explanation.addAll(Explanations.nothingApplies(kind, rules, facts));
    Instant retryAt = retryAt(facts);
    return new Decision(
        false, Map.of(), null, List.of(), List.of(), explained(explanation, retryAt), retryAt);
  }

  private static List<String> explained(List<String> explanation, @Nullable Instant retryAt) {
    if (retryAt != null) {
      explanation.add("It would be allowed from " + retryAt + " on.");
    }
    return List.copyOf(explanation);
  }

  /** The first opening or closing of a validity window after which the answer is yes. */
  private @Nullable Instant retryAt(Map<String, Object> facts) {
    return rules.stream()
        .flatMap(
            rule ->
                Stream.of(
                        Optional.ofNullable(rule.content().validFrom()),
                        Optional.ofNullable(rule.content().validUntil()))
                    .flatMap(Optional::stream))
        .filter(time -> time.isAfter(at(facts)))
        .distinct()
        .sorted()
        .limit(MAX_RETRY_TIMES)
        .filter(time -> isAllowedAt(time, facts))
        .findFirst()
        .orElse(null);
  }

  private boolean isAllowedAt(Instant time, Map<String, Object> facts) {
    Map<String, Object> then = new HashMap<>(facts);
    then.put(FactSchema.AT, time);
    Map<String, Evaluated> known = new HashMap<>();
    for (CompiledRule rule : rules) {
      if (rule.content().isValidAt(time)
          && rule.judge(then, known) instanceof Judgement.Applies(Map<Outcome, Object> values)) {
        return !values.containsValue(false)
            && values.entrySet().stream()
                .allMatch(value -> value.getKey().objection(value.getValue()) == null);
      }
    }
    return false;
  }

  private static Map<String, Long> numbers(Map<Outcome, Object> values) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    values.forEach(
        (outcome, value) -> {
          if (value instanceof Long number) {
            numbers.put(outcome.name(), number);
          }
        });
    return Collections.unmodifiableMap(numbers);
  }

  private static Instant at(Map<String, Object> facts) {
    if (facts.get(FactSchema.AT) instanceof Instant at) {
      return at;
    }
    throw new IllegalArgumentException("the fact `at` is a time");
  }
}
