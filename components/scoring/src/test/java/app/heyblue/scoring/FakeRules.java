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
    List<AppliedLimit> applied = new ArrayList<>();
    List<Counter> counters = new ArrayList<>();
    for (Limit limit : limits) {
      if (limit.kind() == kind) {
        String key = kind + ":" + limit.per() + ":" + limit.window() + ":" + party(limit, facts);
        applied.add(new AppliedLimit(key, limit.window(), limit.max()));
        counters.add(new Counter(key, limit.window()));
      }
    }
    return new Decision(true, outcome, RULE, applied, counters, List.of("As shipped."), null);
  }

  private static String party(Limit limit, Map<String, Object> facts) {
    return switch (limit.kind()) {
      case ENCOUNTER ->
          limit.per().equals("pair")
              ? facts.get("civilian") + "+" + facts.get("officer")
              : String.valueOf(facts.get(limit.per()));
      case DONATION, GIVEAWAY -> String.valueOf(facts.get("giver"));
      case EXCHANGE -> String.valueOf(facts.get("buyer"));
      case PROXIMITY -> "";
    };
  }

  private static long number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Long value ? value : 0;
  }

  private static Decision no(String why) {
    return new Decision(false, Map.of(), null, List.of(), List.of(), List.of(why), null);
  }
}
