package app.heyblue.rules.simulation;

import app.heyblue.kernel.ProblemException;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.FactsInput;
import app.heyblue.rules.postgres.HistoryTable.Past;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A recorded decision, ready to be made again.
 *
 * @param zone whose calendar days count
 * @param rule the one that decided then
 * @param paid points by outcome
 */
record Attempt(
    RuleKind kind,
    Instant at,
    Map<String, Object> facts,
    ZoneId zone,
    UUID rule,
    Map<String, Long> paid) {

  /** Empty where today's rules can't be asked about the facts of then. */
  static Optional<Attempt> of(RuleKind kind, Past past) {
    try {
      Map<String, Object> facts = FactsInput.read(kind, past.facts());
      ZoneId zone = ZoneId.of(String.valueOf(facts.get(zoneFact(kind))));
      return Optional.of(
          new Attempt(
              kind, past.at(), facts, zone, past.rule(), points(kind, facts, past.outcome())));
    } catch (ProblemException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What an outcome means in points here. */
  Map<String, Long> points(Map<String, Long> outcome) {
    return points(kind, facts, outcome);
  }

  private static Map<String, Long> points(
      RuleKind kind, Map<String, Object> facts, Map<String, Long> outcome) {
    return switch (kind) {
      case ENCOUNTER, EXCHANGE, PROXIMITY -> outcome;
      case DONATION, GIVEAWAY -> Map.of("points", (Long) facts.get("points"));
    };
  }

  private static String zoneFact(RuleKind kind) {
    return switch (kind) {
      case ENCOUNTER -> "officerTimeZone";
      case DONATION, GIVEAWAY, EXCHANGE, PROXIMITY -> "timeZone";
    };
  }
}
