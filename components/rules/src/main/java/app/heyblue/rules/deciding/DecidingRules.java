package app.heyblue.rules.deciding;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.rules.facts.Fact;
import app.heyblue.rules.facts.FactSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The door: decides by the rules active now. */
@ApplicationScoped
public class DecidingRules implements Rules {
  private final ActiveRules active;

  public DecidingRules(ActiveRules active) {
    this.active = active;
  }

  @Override
  public Decision decide(RuleKind kind, Map<String, Object> facts) {
    return active.decider(kind).decide(checked(kind, facts));
  }

  /** Decides, and tells every rule that applies. */
  public Evaluation evaluate(RuleKind kind, Map<String, Object> facts) {
    return active.decider(kind).evaluate(checked(kind, facts));
  }

  private static Map<String, Object> checked(RuleKind kind, Map<String, Object> facts) {
    FactSchema schema = FactSchema.of(kind);
    for (Fact fact : schema.facts()) {
      Object value = facts.get(fact.name());
      if (!fact.type().java().isInstance(value)) {
        throw new IllegalArgumentException(
            "the fact %s of %s is a %s".formatted(fact.name(), kind, fact.type().cel()));
      }
    }
    if (facts.size() != schema.facts().size()) {
      throw new IllegalArgumentException("unknown facts of %s: %s".formatted(kind, facts.keySet()));
    }
    return facts;
  }
}
