package app.heyblue.scoring.ledger;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.scoring.RuleForbids;
import app.heyblue.scoring.domain.Grounds;
import app.heyblue.scoring.domain.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * What the rules said about something, kept until its key is claimed: a repeated request gets its
 * first answer even where the rules would refuse it now.
 */
record Decided(Decision decision, Map<String, Object> facts, Instant at, ZoneId zone) {

  static Decided by(
      Rules rules, RuleKind kind, Map<String, Object> facts, Instant at, ZoneId zone) {
    return new Decided(rules.decide(kind, facts), facts, at, zone);
  }

  /**
   * @throws RuleForbids where the answer was no
   */
  void requireAllowed() {
    if (!decision.allowed()) {
      Instant retryAt = decision.retryAt();
      throw new RuleForbids(
          decision.explanation(),
          retryAt == null || !retryAt.isAfter(at) ? null : Duration.between(at, retryAt));
    }
  }

  /** An outcome of the rule by its name, 0 to the most that a posting takes. */
  long outcome(String name) {
    Long value = decision.outcome().get(name);
    if (value == null || value < 0) {
      throw new IllegalStateException("a rule that allows this says no " + name);
    }
    return value;
  }

  Grounds grounds() {
    return Grounds.of(decision, facts);
  }

  Limits limits() {
    return Limits.of(decision, zone, at);
  }
}
