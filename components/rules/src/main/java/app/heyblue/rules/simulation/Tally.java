package app.heyblue.rules.simulation;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.RuleRef;
import app.heyblue.rules.deciding.CompiledRule;
import app.heyblue.rules.simulation.Report.Amounts;
import app.heyblue.rules.simulation.Report.Changes;
import app.heyblue.rules.simulation.Report.Comparison;
import app.heyblue.rules.simulation.Report.Finding;
import app.heyblue.rules.simulation.Report.RuleUse;
import app.heyblue.rules.simulation.Report.Sum;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sums of a simulation while it runs. */
final class Tally {
  private final Map<String, long[]> outcomes = new TreeMap<>();
  private final Map<RuleRef, Long> matched = new HashMap<>();
  private final Map<RuleRef, Long> decided = new HashMap<>();
  private long transactions;
  private long unreadable;
  private long allowed;
  private long same;
  private long refusedByRules;
  private long refusedByLimits;

  void unreadable() {
    transactions++;
    unreadable++;
  }

  /** Rules that applied, the deciding one first. */
  void matched(List<RuleRef> rules) {
    rules.forEach(rule -> matched.merge(rule, 1L, Long::sum));
    if (!rules.isEmpty()) {
      decided.merge(rules.getFirst(), 1L, Long::sum);
    }
  }

  void paid(Map<String, Long> really, Map<String, Long> simulated) {
    add(really, simulated);
    allowed++;
    if (really.equals(simulated)) {
      same++;
    }
  }

  void refusedByRules(Map<String, Long> really) {
    add(really, Map.of());
    refusedByRules++;
  }

  void refusedByLimits(Map<String, Long> really) {
    add(really, Map.of());
    refusedByLimits++;
  }

  private void add(Map<String, Long> really, Map<String, Long> simulated) {
    transactions++;
    really.forEach((name, points) -> sums(name)[0] += points);
    simulated.forEach((name, points) -> sums(name)[1] += points);
  }

  private long[] sums(String outcome) {
    return outcomes.computeIfAbsent(outcome, first -> new long[2]);
  }

  /**
   * @param draft the id under which the draft was asked
   * @param kept whether that is the id of a rule
   */
  Report report(
      RuleKind kind, Instant from, Instant to, List<CompiledRule> rules, UUID draft, boolean kept) {
    long paidPoints = outcomes.values().stream().mapToLong(sums -> sums[0]).sum();
    long simulatedPoints = outcomes.values().stream().mapToLong(sums -> sums[1]).sum();
    long paid = transactions - unreadable;
    Map<String, Amounts> amounts = new TreeMap<>();
    outcomes.forEach(
        (name, sums) -> amounts.put(name, new Amounts(sums[0], sums[1], sums[1] - sums[0])));
    return new Report(
        from,
        to,
        transactions,
        unreadable,
        new Comparison(
            new Sum(paid, paidPoints),
            new Sum(allowed, simulatedPoints),
            new Sum(allowed - paid, simulatedPoints - paidPoints)),
        List.of(new Report.OfKind(kind, transactions, amounts)),
        new Changes(same, allowed - same, refusedByRules, refusedByLimits),
        rules.stream().map(rule -> use(rule, draft, kept)).toList());
  }

  private RuleUse use(CompiledRule rule, UUID draft, boolean kept) {
    RuleRef ref = rule.version().ref();
    boolean isDraft = ref.ruleId().equals(draft);
    long matches = matched.getOrDefault(ref, 0L);
    long decisions = decided.getOrDefault(ref, 0L);
    @Nullable UUID id = isDraft && !kept ? null : ref.ruleId();
    return new RuleUse(
        id, rule.content().name(), isDraft, matches, decisions, finding(matches, decisions));
  }

  private static Finding finding(long matches, long decisions) {
    if (decisions > 0) {
      return Finding.DECIDES;
    }
    return matches == 0 ? Finding.NEVER_MATCHED : Finding.ALWAYS_OUTRANKED;
  }
}
