package app.heyblue.benchmarks;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.CompiledRule;
import app.heyblue.rules.deciding.Decider;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One decision by 100 different active rules of which only the last applies: ours whole, with its
 * limits, counters and explanation; the peer is a loop over the same conditions in plain Java.
 */
final class RulesBench {
  private static final int RULES = 100;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final Consumer<String> results;

  private record Donation(String giverKind, String recipientKind, long points) {}

  RulesBench(Consumer<String> results) {
    this.results = results;
  }

  void run() throws Exception {
    Decider decider = new Decider(RuleKind.DONATION, compiled());
    Map<String, Object> facts =
        Map.of(
            "giver",
            UUID.randomUUID().toString(),
            "giverKind",
            "civilian",
            "recipient",
            UUID.randomUUID().toString(),
            "recipientKind",
            "charity",
            "points",
            50L,
            "at",
            NOW,
            "timeZone",
            "UTC");
    Decision decision = decider.decide(facts);
    if (!decision.allowed() || decision.explanation().size() != 1) {
      throw new IllegalStateException("the rules decide something else: " + decision);
    }
    List<Predicate<Donation>> conditions = inJava();
    Donation donation = new Donation("civilian", "charity", 50);
    double ours = Rate.perSecond(() -> decider.decide(facts).counters().size());
    double peer = Rate.perSecond(() -> first(conditions, donation));
    results.accept(Bench.line("rules", "us", 1e6 / ours, 1e6 / peer));
  }

  private static List<CompiledRule> compiled() throws Exception {
    List<CompiledRule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      RuleContent content =
          new RuleContent(
              "Rule " + i,
              RuleKind.DONATION,
              condition(i),
              Map.of("allowed", "true"),
              RULES - i,
              null,
              null,
              List.of());
      rules.add(CompiledRule.of(new RuleVersion(UUID.randomUUID(), 1, content, null, NOW)));
    }
    rules.sort(CompiledRule.ORDER);
    return rules;
  }

  private static String condition(int i) {
    return i == RULES - 1
        ? "giverKind in ['civilian', 'officer'] && points >= 1 && points <= 10000"
        : "giverKind == 'civilian' && recipientKind == 'charity' && points >= %d && points < %d"
            .formatted(from(i), from(i + 1));
  }

  private static List<Predicate<Donation>> inJava() {
    List<Predicate<Donation>> conditions = new ArrayList<>();
    for (int i = 0; i < RULES - 1; i++) {
      long from = from(i);
      long to = from(i + 1);
      conditions.add(
          d ->
              d.giverKind().equals("civilian")
                  && d.recipientKind().equals("charity")
                  && d.points() >= from
                  && d.points() < to);
    }
    conditions.add(
        d ->
            List.of("civilian", "officer").contains(d.giverKind())
                && d.points() >= 1
                && d.points() <= 10_000);
    return conditions;
  }

  private static int first(List<Predicate<Donation>> conditions, Donation donation) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test(donation)) {
        return i;
      }
    }
    return -1;
  }

  private static long from(int i) {
    return 1_000 + 10L * i;
  }
}
