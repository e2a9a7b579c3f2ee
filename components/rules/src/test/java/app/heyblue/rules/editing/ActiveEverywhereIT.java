package app.heyblue.rules.editing;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.postgres.Database;
import app.heyblue.rules.RuleRef;
import app.heyblue.rules.deciding.ActiveRules;
import app.heyblue.rules.domain.Rule;
import app.heyblue.testing.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveEverywhereIT {
  private final Database database = TestDatabase.create("rules");
  private final RulesProcess here = new RulesProcess(database);
  private final RulesProcess elsewhere = new RulesProcess(database);

  @Test
  void aChangeDecidesAtOnceHereAndWithinASecondElsewhere() throws JsonProcessingException {
    assertThat(here.decide(1).allowed()).isFalse();
    assertThat(elsewhere.decide(1).allowed()).isFalse();
    Rule rule = here.create("Small", "points < 10", "true");

    here.editor.activate(rule.id());
    assertThat(here.decide(1).allowed()).isTrue();
    elsewhere.pass(ActiveRules.MAX_AGE);
    assertThat(elsewhere.decide(1).allowed()).isTrue();

    here.patch(rule, "\"1\"", "{\"when\": \"points > 10\"}");
    assertThat(here.decide(1).allowed()).isFalse();
    elsewhere.pass(ActiveRules.MAX_AGE);
    assertThat(elsewhere.decide(1).allowed()).isFalse();
    assertThat(elsewhere.decide(11).rule()).isEqualTo(new RuleRef(rule.id(), 2));

    elsewhere.editor.retire(rule.id());
    assertThat(elsewhere.decide(11).allowed()).isFalse();
    here.pass(ActiveRules.MAX_AGE);
    assertThat(here.decide(11).allowed()).isFalse();
    assertThat(ActiveRules.MAX_AGE).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aRuleThatCanNoLongerBeReadStopsNoOther() {
    Rule broken = here.create("Broken", "points < 10", "false");
    here.editor.activate(broken.id());
    here.shipped.insertIfNone();
    Rule good = here.create("Good", "points < 10", "true");
    here.editor.activate(good.id());
    database.useTransaction(
        tx -> {
          tx.execute("alter table rules.rule_version disable trigger user");
          tx.execute(
              "update rules.rule_version set condition = 'nonsense' where rule_id = ?",
              broken.id());
        });

    assertThat(new RulesProcess(database).decide(1).rule()).isEqualTo(new RuleRef(good.id(), 1));
  }

  @Test
  void shippedRulesAreInsertedOnceAndEditsSurviveARestart() throws JsonProcessingException {
    here.shipped.insertIfNone();
    elsewhere.shipped.insertIfNone();

    assertThat(here.audited()).hasSize(ShippedRules.ALL.size());
    assertThat(elsewhere.audited()).isEmpty();
    assertThat(here.decide(10_000).allowed()).isTrue();
    assertThat(here.decide(10_001).explanation())
        .containsExactly(
            "Rule ‘Donations of 1 to 10,000 points’ does not apply: `points <= 10000` is false"
                + " (points is 10001).");

    Rule donations =
        database.read(tx -> here.repository.find(tx, ShippedRules.id(2))).orElseThrow();
    here.patch(
        donations,
        "\"1\"",
        "{\"name\": \"Donations of 1 to 50 points\", \"when\": \"points >= 1 && points <= 50\"}");
    here.editor.retire(ShippedRules.id(0));

    RulesProcess restarted = new RulesProcess(database);
    restarted.shipped.insertIfNone();
    assertThat(restarted.decide(51).allowed()).isFalse();
    assertThat(restarted.decide(50).rule()).isEqualTo(new RuleRef(donations.id(), 2));
    assertThat(restarted.audited()).isEmpty();
    List<Rule> active = database.read(here.repository::active);
    assertThat(active).hasSize(ShippedRules.ALL.size() - 1);
  }

  @Test
  void ofProcessesThatStartTogetherOneInsertsTheShippedRules() throws InterruptedException {
    Thread one = Thread.ofVirtual().start(here.shipped::insertIfNone);
    Thread other = Thread.ofVirtual().start(elsewhere.shipped::insertIfNone);
    one.join();
    other.join();

    assertThat(here.audited().size() + elsewhere.audited().size())
        .isEqualTo(ShippedRules.ALL.size());
  }
}
