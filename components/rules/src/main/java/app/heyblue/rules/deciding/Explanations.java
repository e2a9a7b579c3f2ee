package app.heyblue.rules.deciding;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.CompiledRule.Judgement;
import app.heyblue.rules.expressions.Expression;
import app.heyblue.rules.facts.Fact;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.FactType;
import app.heyblue.rules.facts.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why, in sentences for a person. Ids of parties never appear in them. */
final class Explanations {
  private static final int MAX_TEXT = 200;

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Explanations() {}

  /** What the deciding rule decided. */
  static String decided(CompiledRule rule, Map<Outcome, Object> values, List<String> objections) {
    if (!objections.isEmpty()) {
      return named(rule) + " gives no valid answer: " + String.join("; ", objections) + ".";
    }
    if (values.containsValue(false)) {
      return named(rule) + " says no.";
    }
    String numbers =
        values.entrySet().stream()
            .map(
                value ->
                    switch (value.getKey()) {
                      case Outcome.YesNo yesNo -> "allowed";
                      case Outcome.Whole whole -> whole.say((Long) value.getValue());
                    })
            .collect(Collectors.joining(", "));
    return named(rule) + " decides: " + numbers + ".";
  }

  /** Why a rule of higher priority was passed over. */
  static String leftOut(CompiledRule rule, Judgement.Broken broken) {
    return "%s is left out: `%s` has no value here (%s)."
        .formatted(named(rule), shortened(broken.expression()), withoutIds(broken.reason()));
  }

  /** Why no rule applies: what is wrong with the nearest, the one with the fewest false parts. */
  static List<String> nothingApplies(
      RuleKind kind, List<CompiledRule> rules, Map<String, Object> facts) {
    if (rules.isEmpty()) {
      return List.of("No rule of kind " + kind + " is active, so the answer is no.");
    }
    record Miss(CompiledRule rule, List<String> sentences) {}
    return rules.stream()
        .map(rule -> new Miss(rule, misses(rule, facts)))
        .filter(miss -> !miss.sentences().isEmpty())
        .min(Comparator.comparingInt(miss -> miss.sentences().size()))
        .map(Miss::sentences)
        .orElse(List.of("No active rule of kind " + kind + " applies, so the answer is no."));
  }

  private static List<String> misses(CompiledRule rule, Map<String, Object> facts) {
    FactSchema schema = FactSchema.of(rule.content().kind());
    List<String> sentences = new ArrayList<>();
    for (Expression part : rule.falseParts(facts)) {
      sentences.add(
          "%s does not apply: `%s` is false%s."
              .formatted(named(rule), shortened(part.text()), values(schema, part, facts)));
    }
    Instant from = rule.content().validFrom();
    Instant until = rule.content().validUntil();
    if (facts.get(FactSchema.AT) instanceof Instant at && !rule.content().isValidAt(at)) {
      sentences.add(
          from != null && at.isBefore(from)
              ? named(rule) + " is valid from " + from + " on."
              : named(rule) + " was valid until " + until + ".");
    }
    return sentences;
  }

  private static String values(FactSchema schema, Expression part, Map<String, Object> facts) {
    String values =
        part.facts().stream()
            .flatMap(name -> schema.fact(name).stream())
            .filter(fact -> fact.type() != FactType.ID)
            .map(Fact::name)
            .map(name -> name + " is " + shortened(String.valueOf(facts.get(name))))
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? "" : " (" + values + ")";
  }

  private static String named(CompiledRule rule) {
    return "Rule ‘%s’".formatted(rule.content().name());
  }

  private static String shortened(String text) {
    String shown = withoutIds(text);
    return shown.length() <= MAX_TEXT ? shown : shown.substring(0, MAX_TEXT) + "…";
  }

  /** A rule may name parties, a family among them; who is refused by it mustn't learn their ids. */
  private static String withoutIds(String text) {
    return ID.matcher(text).replaceAll("…");
  }
}
