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
import java.util.stream.IntStream;

/**
 * One decision by 100 different active rules of which only the last applies: ours whole, with its
 * limits, counters and explanation; the peers tell only which rule decides: a loop over the same
 * conditions in plain Java, and Drools.
 */
final class RulesBench {
  private static final int RULES = 100;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Gift MEASURED = new Gift("civilian", "charity", 50);

  /** Decided by the last rule, the first, one in between, the last but one, and none. */
  private static final List<Gift> CHECKED =
      List.of(
          MEASURED,
          new Gift("civilian", "charity", from(0)),
          new Gift("civilian", "charity", from(50) + 3),
          new Gift("civilian", "charity", from(RULES - 1) - 1),
          new Gift("officer", "charity", from(50)),
          new Gift("civilian", "charity", 10_001));

  private final Consumer<String> results;

  RulesBench(Consumer<String> results) {
    this.results = results;
  }

  void run() throws Exception {
    List<CompiledRule> rules = compiled();
    Decider decider = new Decider(RuleKind.DONATION, rules);
    List<Predicate<Gift>> java = inJava();
    Bench.say("Drools compiles %d rules …", RULES);
    try (DroolsRules drools = new DroolsRules(inDrools())) {
      for (Gift gift : CHECKED) {
        int ours = number(rules, decider.decide(facts(gift)));
        if (ours != first(java, gift) || ours != drools.first(gift)) {
          throw new IllegalStateException("the peers decide something else about " + gift);
        }
      }
      Map<String, Object> facts = facts(MEASURED);
      double ours = 1e6 / Rate.perSecond(() -> decider.decide(facts).counters().size());
      double peer = 1e6 / Rate.perSecond(() -> first(java, MEASURED));
      double droolsPeer = 1e6 / Rate.perSecond(() -> drools.first(MEASURED));
      results.accept(Bench.line("rules", "us", ours, peer));
      results.accept(Bench.line("rules-drools", "us", ours, droolsPeer));
    }
  }

  private static Map<String, Object> facts(Gift gift) {
    return Map.of(
        "giver",
        UUID.randomUUID().toString(),
        "giverKind",
        gift.giverKind(),
        "recipient",
        UUID.randomUUID().toString(),
        "recipientKind",
        gift.recipientKind(),
        "points",
        gift.points(),
        "at",
        NOW,
        "timeZone",
        "UTC");
  }

  private static int number(List<CompiledRule> rules, Decision decision) {
    return rules.stream().map(rule -> rule.version().ref()).toList().indexOf(decision.rule());
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

  private static List<String> inDrools() {
    return IntStream.range(0, RULES)
        .mapToObj(
            i ->
                i == RULES - 1
                    ? "giverKind in ('civilian', 'officer'), points >= 1, points <= 10000"
                    : "giverKind == 'civilian', recipientKind == 'charity', points >= %d, points < %d"
                        .formatted(from(i), from(i + 1)))
        .toList();
  }

  private static List<Predicate<Gift>> inJava() {
    List<Predicate<Gift>> conditions = new ArrayList<>();
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

  private static int first(List<Predicate<Gift>> conditions, Gift gift) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test(gift)) {
        return i;
      }
    }
    return -1;
  }

  private static long from(int i) {
    return 1_000 + 10L * i;
  }
}
