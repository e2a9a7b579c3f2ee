package app.heyblue.rules.deciding;

import static app.heyblue.rules.deciding.Sample.GIVER;
import static app.heyblue.rules.deciding.Sample.RECIPIENT;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.Counter;
import app.heyblue.rules.Decision;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.Per;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartiesTest {
  private static final UUID RULE = Sample.id(7);

  @Test
  void keysNameKindPerWindowAndPartiesAndNeverAVersion() {
    Decision decision =
        Sample.decider(
                Sample.encounterRule(
                    7,
                    "10",
                    "10",
                    new Limit(Per.PAIR, LimitWindow.CALENDAR_DAY, 1),
                    new Limit(Per.CIVILIAN, LimitWindow.CALENDAR_DAY, 20),
                    new Limit(Per.OFFICER, LimitWindow.ROLLING_24_HOURS, 30),
                    new Limit(Per.RULE, LimitWindow.TOTAL, 1_000)))
            .decide(Sample.encounter());

    assertThat(decision.limits())
        .containsExactly(
            new AppliedLimit(
                "encounter/pair/calendarDay/" + GIVER + "/" + RECIPIENT,
                LimitWindow.CALENDAR_DAY,
                1),
            new AppliedLimit(
                "encounter/civilian/calendarDay/" + GIVER, LimitWindow.CALENDAR_DAY, 20),
            new AppliedLimit(
                "encounter/officer/rolling24Hours/" + RECIPIENT, LimitWindow.ROLLING_24_HOURS, 30),
            new AppliedLimit("encounter/rule/total/" + RULE, LimitWindow.TOTAL, 1_000));
  }

  @Test
  void everyCounterOfTheKindCountsWhetherLimitedOrNot() {
    List<Counter> counters = Parties.of(RuleKind.ENCOUNTER, Sample.encounter(), RULE).counters();

    assertThat(counters)
        .hasSize(Per.values().length * LimitWindow.values().length)
        .doesNotHaveDuplicates()
        .contains(
            new Counter("encounter/pair/total/" + GIVER + "/" + RECIPIENT, LimitWindow.TOTAL),
            new Counter("encounter/officer/calendarDay/" + RECIPIENT, LimitWindow.CALENDAR_DAY));
  }

  @Test
  void aLimitForAPartyThatTakesNoPartDoesNotApply() {
    Parties parties = Parties.of(RuleKind.DONATION, Sample.donation(1), RULE);

    assertThat(
            parties.applied(
                List.of(
                    new Limit(Per.OFFICER, LimitWindow.TOTAL, 1),
                    new Limit(Per.CIVILIAN, LimitWindow.TOTAL, 1))))
        .containsExactly(
            new AppliedLimit("donation/civilian/total/" + GIVER, LimitWindow.TOTAL, 1));
    assertThat(parties.counters())
        .extracting(Counter::counterKey)
        .noneMatch(key -> key.startsWith("donation/officer/"));
  }

  @Test
  void ofTwoOfficersTheGiverCounts() {
    Map<String, Object> facts = Sample.donation(1);
    facts.put("giverKind", "officer");
    facts.put("recipientKind", "officer");

    assertThat(Parties.of(RuleKind.GIVEAWAY, facts, RULE).counters())
        .extracting(Counter::counterKey)
        .contains("giveaway/officer/total/" + GIVER)
        .doesNotContain("giveaway/officer/total/" + RECIPIENT);
  }

  @Test
  void proximityCountsNothing() {
    assertThat(Parties.of(RuleKind.PROXIMITY, Map.of(), RULE).counters()).isEmpty();
  }
}
