package app.heyblue.rules.deciding;

import static app.heyblue.rules.deciding.Sample.NOON;
import static app.heyblue.rules.deciding.Sample.decider;
import static app.heyblue.rules.deciding.Sample.donation;
import static app.heyblue.rules.deciding.Sample.donationRule;
import static app.heyblue.rules.deciding.Sample.encounter;
import static app.heyblue.rules.deciding.Sample.encounterRule;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));
  private static final Instant EARLIER = NOON.minus(Duration.ofHours(1));

  @Test
  void theHighestPriorityDecides() {
    Decider decider =
        decider(donationRule(1, 0, "true", "true"), donationRule(2, 5, "points > 3", "false"));

    assertThat(decider.decide(donation(3)).allowed()).isTrue();
    Decision no = decider.decide(donation(4));
    assertThat(no.allowed()).isFalse();
    assertThat(no.rule()).isEqualTo(new RuleRef(Sample.id(2), 1));
    assertThat(no.explanation()).containsExactly("Rule ‘Rule 2’ says no.");
  }

  @Test
  void ofEqualPrioritiesTheOlderRuleDecides() {
    Decider decider =
        decider(donationRule(9, 1, "true", "false"), donationRule(4, 1, "true", "true"));

    assertThat(decider.decide(donation(1)).rule()).isEqualTo(new RuleRef(Sample.id(4), 1));
  }

  @Test
  void anExplanationNamesNoPartyOfARule() {
    String family = "0199aaaa-0000-7000-8000-00000000abcd";
    Decider decider = decider(donationRule(1, 0, "recipient == '" + family + "'", "true"));

    assertThat(decider.decide(donation(4)).explanation().toString())
        .contains("recipient == ")
        .doesNotContain(family);
  }

  @Test
  void anEvaluationTellsEveryRuleThatApplies() {
    Decider decider =
        decider(
            donationRule(1, 0, "true", "true"),
            donationRule(2, 5, "true", "true"),
            donationRule(3, 9, "points > 100", "true"));

    assertThat(decider.evaluate(donation(4)).matched())
        .containsExactly(new RuleRef(Sample.id(2), 1), new RuleRef(Sample.id(1), 1));
  }

  @Test
  void withoutARuleTheAnswerIsNo() {
    Decision decision = decider().decide(donation(1));

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.rule()).isNull();
    assertThat(decision.outcome()).isEmpty();
    assertThat(decision.counters()).isEmpty();
    assertThat(decision.explanation())
        .containsExactly("No rule of kind donation is active, so the answer is no.");
  }

  @Test
  void aRefusalNamesThePartOfTheNearestRuleThatIsFalse() {
    Decider decider =
        decider(
            donationRule(1, 9, "giverKind == 'officer' && points > 50000 && points < 3", "true"),
            donationRule(2, 0, "giver != recipient && points >= 1 && points <= 10000", "true"));

    assertThat(decider.decide(donation(20_000)).explanation())
        .containsExactly(
            "Rule ‘Rule 2’ does not apply: `points <= 10000` is false (points is 20000).");
  }

  @Test
  void idsOfPartiesStayOutOfExplanations() {
    Map<String, Object> facts = donation(1);
    facts.put("recipient", Sample.GIVER);

    assertThat(
            decider(donationRule(1, 0, "giver != recipient", "true")).decide(facts).explanation())
        .containsExactly("Rule ‘Rule 1’ does not apply: `giver != recipient` is false.");
  }

  @Test
  void aRuleWhoseConditionHasNoValueIsLeftOutAndSaysSo() {
    Decider decider =
        decider(
            donationRule(1, 9, "points / (points - 5) > 0", "true"),
            donationRule(2, 0, "points == 5", "true"));

    assertThat(decider.decide(donation(5)).explanation())
        .containsExactly(
            "Rule ‘Rule 1’ is left out: `points / (points - 5) > 0` has no value here (division by"
                + " zero).",
            "Rule ‘Rule 2’ decides: allowed.");
  }

  @Test
  void aRuleWhoseOutcomeHasNoValueIsLeftOut() {
    Decider decider = decider(encounterRule(1, "10 / (size(agencyZip) - 5)", "10"));

    Decision decision = decider.decide(encounter());

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.rule()).isNull();
    assertThat(decision.explanation().getFirst()).contains("is left out", "division by zero");
  }

  @Test
  void aFalsePartOutweighsOneWithoutValueWhicheverComesFirst() {
    assertThat(
            decider(donationRule(1, 0, "1 / (points - 5) > 0 && points > 5", "true"))
                .decide(donation(5))
                .explanation())
        .containsExactly("Rule ‘Rule 1’ does not apply: `points > 5` is false (points is 5).");
  }

  @Test
  void pointsOutOfRangeAreANo() {
    Decider decider = decider(encounterRule(1, "size(agencyZip) * 200000 + 1", "10"));

    Decision decision = decider.decide(encounter());

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.outcome()).isEmpty();
    assertThat(decision.rule()).isEqualTo(new RuleRef(Sample.id(1), 1));
    assertThat(decision.explanation())
        .containsExactly(
            "Rule ‘Rule 1’ gives no valid answer: `civilianPoints` is 1,000,001; it must be 0 to"
                + " 1,000,000.");
  }

  @Test
  void nothingForBothIsAllowed() {
    Decision decision = decider(encounterRule(1, "0", "0")).decide(encounter());

    assertThat(decision.allowed()).isTrue();
    assertThat(decision.outcome())
        .containsExactly(Map.entry("civilianPoints", 0L), Map.entry("officerPoints", 0L));
    assertThat(decision.explanation())
        .containsExactly(
            "Rule ‘Rule 1’ decides: 0 points for the civilian, 0 points for the officer.");
  }

  @Test
  void aWindowThatWillOpenSaysWhen() {
    Decider decider = decider(donationRule(1, 0, "points < 10", "true", LATER, null));

    Decision decision = decider.decide(donation(1));

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.retryAt()).isEqualTo(LATER);
    assertThat(decision.explanation())
        .containsExactly(
            "Rule ‘Rule 1’ is valid from " + LATER + " on.",
            "It would be allowed from " + LATER + " on.");
    assertThat(decider.decide(donation(10)).retryAt()).isNull();
  }

  @Test
  void aNoThatEndsSaysWhen() {
    Decider decider =
        decider(
            donationRule(1, 0, "true", "true"),
            donationRule(2, 5, "true", "false", EARLIER, LATER));

    assertThat(decider.decide(donation(1)).retryAt()).isEqualTo(LATER);
  }

  @Test
  void aWindowIncludesItsBeginningAndExcludesItsEnd() {
    assertThat(
            decider(donationRule(1, 0, "true", "true", NOON, LATER)).decide(donation(1)).allowed())
        .isTrue();
    Decision over = decider(donationRule(1, 0, "true", "true", EARLIER, NOON)).decide(donation(1));
    assertThat(over.allowed()).isFalse();
    assertThat(over.retryAt()).isNull();
    assertThat(over.explanation()).containsExactly("Rule ‘Rule 1’ was valid until " + NOON + ".");
  }
}
