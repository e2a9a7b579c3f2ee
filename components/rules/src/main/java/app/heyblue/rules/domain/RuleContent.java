package app.heyblue.rules.domain;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a rule says, checked.
 *
 * @param then an expression for each outcome of the kind, in the schema's order
 * @param validFrom inclusive; null means always
 * @param validUntil exclusive; null means for ever
 */
public record RuleContent(
    String name,
    RuleKind kind,
    String when,
    Map<String, String> then,
    int priority,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    List<Limit> limits) {
  public RuleContent {
    then = inOrder(kind, then);
    limits = List.copyOf(limits);
  }

  /** Whether the validity window is open. */
  public boolean isValidAt(Instant at) {
    return (validFrom == null || !at.isBefore(validFrom))
        && (validUntil == null || at.isBefore(validUntil));
  }

  private static Map<String, String> inOrder(RuleKind kind, Map<String, String> then) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (Outcome outcome : FactSchema.of(kind).outcomes()) {
      String expression = then.get(outcome.name());
      if (expression != null) {
        ordered.put(outcome.name(), expression);
      }
    }
    return Collections.unmodifiableMap(ordered);
  }
}
