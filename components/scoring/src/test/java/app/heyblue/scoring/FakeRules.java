package app.heyblue.scoring;

import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.Counter;
import app.heyblue.rules.Decision;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.RuleRef;
import app.heyblue.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The shipped rules by hand, and limits that a test sets. */
final class FakeRules implements Rules {
  static final RuleRef RULE =
      new RuleRef(UUID.fromString("0190aaaa-0000-7000-8000-000000000001"), 3);

  private volatile List<Limit> limits =
      List.of(
          new Limit(RuleKind.ENCOUNTER, "pair", LimitWindow.CALENDAR_DAY, 1),
          new Limit(RuleKind.ENCOUNTER, "civilian", LimitWindow.CALENDAR_DAY, 20));
  private volatile boolean closed;

  record Limit(RuleKind kind, String per, LimitWindow window, long max) {}

  /** Replaces all limits. */
  void limit(Limit... replaced) {
    limits = List.of(replaced);
  }

  /** From now on the answer is no. */
  void close() {
    closed = true;
  }

  @Override
  public Decision decide(RuleKind kind, Map<String, Object> facts) {
    if (closed) {
      return no("No rule is active.");
    }
    return switch (kind) {
      case ENCOUNTER -> {
        long each = "qr".equals(facts.get("proof")) ? 10 : 5;
        yield yes(kind, facts, Map.of("civilianPoints", each, "officerPoints", each));
      }
      case DONATION, GIVEAWAY ->
          number(facts, "points") > 10_000
              ? no("The rule allows at most 10000 points.")
              : yes(kind, facts, Map.of());
      case EXCHANGE ->
          yes(kind, facts, Map.of("price", number(facts, "listPrice") * number(facts, "quantity")));
      case PROXIMITY -> throw new IllegalArgumentException("not scoring's");
    };
  }

  private Decision yes(RuleKind kind, Map<String, Object> facts, Map<String, Long> outcome) {
    Map<String, String> parties = parties(kind, facts);
    List<AppliedLimit> applied = new ArrayList<>();
    for (Limit limit : limits) {
      if (limit.kind() == kind) {
        String key = key(kind, limit.per(), limit.window(), parties);
        applied.add(new AppliedLimit(key, limit.window(), limit.max()));
      }
    }
    List<Counter> counters = new ArrayList<>();
    for (String per : parties.keySet()) {
      for (LimitWindow window : LimitWindow.values()) {
        counters.add(new Counter(key(kind, per, window, parties), window));
      }
    }
    return new Decision(true, outcome, RULE, applied, counters, List.of("As shipped."), null);
  }

  private static String key(
      RuleKind kind, String per, LimitWindow window, Map<String, String> parties) {
    return kind + "/" + per + "/" + window + "/" + parties.get(per);
  }

  private static Map<String, String> parties(RuleKind kind, Map<String, Object> facts) {
    String rule = RULE.ruleId().toString();
    return switch (kind) {
      case ENCOUNTER -> {
        String civilian = String.valueOf(facts.get("civilian"));
        String officer = String.valueOf(facts.get("officer"));
        yield Map.of(
            "pair",
            civilian + "/" + officer,
            "civilian",
            civilian,
            "officer",
            officer,
            "rule",
            rule);
      }
      case DONATION, GIVEAWAY ->
          Map.of(
              "pair",
              facts.get("giver") + "/" + facts.get("recipient"),
              "giver",
              String.valueOf(facts.get("giver")),
              "rule",
              rule);
      case EXCHANGE ->
          Map.of(
              "pair",
              facts.get("buyer") + "/" + facts.get("merchant"),
              "buyer",
              String.valueOf(facts.get("buyer")),
              "rule",
              rule);
      case PROXIMITY -> Map.of();
    };
  }

  private static long number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Long value ? value : 0;
  }

  private static Decision no(String why) {
    return new Decision(false, Map.of(), null, List.of(), List.of(), List.of(why), null);
  }
}
