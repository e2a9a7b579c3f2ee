package app.heyblue.rules.deciding;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.rules.expressions.InvalidExpression;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules and facts to decide about. */
final class Sample {
  static final Instant NOON = Instant.parse("2026-07-04T12:00:00Z");
  static final String GIVER = "01980000-0000-7000-8000-00000000000a";
  static final String RECIPIENT = "01980000-0000-7000-8000-00000000000b";

  private Sample() {}

  static Map<String, Object> donation(long points) {
    return new HashMap<>(
        Map.of(
            "giver", GIVER,
            "giverKind", "civilian",
            "recipient", RECIPIENT,
            "recipientKind", "charity",
            "points", points,
            "at", NOON,
            "timeZone", "UTC"));
  }

  static Map<String, Object> encounter() {
    return new HashMap<>(
        Map.of(
            "civilian", GIVER,
            "officer", RECIPIENT,
            "proof", "qr",
            "verdict", "consistent",
            "officerTimeZone", "America/New_York",
            "agencyZip", "20001",
            "at", NOON));
  }

  static Decider decider(CompiledRule... rules) {
    return new Decider(
        rules.length == 0 ? RuleKind.DONATION : rules[0].content().kind(),
        Stream.of(rules).sorted(CompiledRule.ORDER).toList());
  }

  static CompiledRule donationRule(int id, int priority, String when, String allowed) {
    return donationRule(id, priority, when, allowed, null, null);
  }

  static CompiledRule donationRule(
      int id,
      int priority,
      String when,
      String allowed,
      @Nullable Instant from,
      @Nullable Instant until) {
    return rule(
        id,
        new RuleContent(
            "Rule " + id,
            RuleKind.DONATION,
            when,
            Map.of("allowed", allowed),
            priority,
            from,
            until,
            List.of()));
  }

  static CompiledRule encounterRule(int id, String civilian, String officer, Limit... limits) {
    return rule(
        id,
        new RuleContent(
            "Rule " + id,
            RuleKind.ENCOUNTER,
            "true",
            Map.of("civilianPoints", civilian, "officerPoints", officer),
            0,
            null,
            null,
            List.of(limits)));
  }

  static CompiledRule rule(int id, RuleContent content) {
    try {
      return CompiledRule.of(new RuleVersion(id(id), 1, content, null, NOON));
    } catch (InvalidExpression e) {
      throw new IllegalStateException(e);
    }
  }

  static UUID id(int id) {
    return UUID.fromString("00000000-0000-7000-8000-%012x".formatted(id));
  }
}
