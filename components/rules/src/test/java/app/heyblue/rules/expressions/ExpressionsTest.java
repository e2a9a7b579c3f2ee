package app.heyblue.rules.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.facts.FactSchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private static final Expressions DONATION = Expressions.of(RuleKind.DONATION);

  @Test
  void splitsAConditionWhereItSaysAnd() throws InvalidExpression {
    Condition condition =
        DONATION.condition(
            "points >= 1 && (points <= 10 && giver != recipient) && (giverKind == 'a' || points =="
                + " 3)");

    assertThat(condition.parts().stream().map(Expression::text))
        .containsExactly(
            "points >= 1",
            "points <= 10",
            "giver != recipient",
            "giverKind == \"a\" || points == 3");
    assertThat(condition.parts().get(2).facts()).containsExactly("giver", "recipient");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          points == 5                                               | true
          points < 5.5                                              | true
          giverKind in ['civilian', 'officer']                      | true
          giverKind.startsWith('off')                               | false
          giverKind.matches('^civ(il)+ian$')                        | true
          at >= timestamp('2026-07-01T00:00:00Z')                   | true
          at.getHours(timeZone) == 8                                | true
          at.getDayOfWeek(timeZone) in [0, 6]                       | true
          ['x', 'civ'].exists(start, giverKind.startsWith(start))   | true
          [1, 2, 3].all(n, n < points)                              | true
          """)
  void evaluatesOnFacts(String text, boolean expected) throws InvalidExpression {
    assertThat(DONATION.condition(text).parts().getFirst().evaluate(facts()))
        .isEqualTo(new Evaluated.Value(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          poinst > 1                       | line 1, column 1: undeclared reference to 'poinst'
          points >                         | line 1, column 9: mismatched input
          points > 1 && points > 'a'       | line 1, column 22: found no matching overload
          points                           | must be of type bool, and is of type int
          dyn(points)                      | must be of type bool, and is of type dyn
          points > 99999999999999999999    | line 1, column 10:
          points > 0 && 1 / 0 > 1          | line 1, column 21: division by zero
          giver.matches('[')               | line 1, column 15: error parsing regexp
          giver.matches(recipient)         | line 1, column 15: the pattern of `matches` must be
          """)
  void saysWhereAnExpressionIsWrong(String text, String expected) {
    assertThat(issues(text)).first().asString().startsWith(expected);
  }

  @Test
  void countsLinesAndCodePoints() {
    assertThat(issues("giver == '😀😀' &&\n  poinst > 1"))
        .first()
        .asString()
        .startsWith("line 2, column 3: undeclared reference to 'poinst'; there are giver,");
    assertThat(issues("giver == '😀😀' && poinst > 1"))
        .first()
        .extracting(ExpressionIssue::column)
        .isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "points / (points - 5) > 1",
        "points + 9223372036854775807 > 0",
        "points % (points - points) == 0",
        "at.getHours(giver) == 1",
        "int(giver) == 1",
        "timestamp(giver) < at",
        "at + duration('87600000h') > at",
        "[1, 2][points] == 1",
        "{'a': 1}[giver] == 1",
        "dyn(points) + giver == 'x'"
      })
  void aValueThatCannotBeIsAFailureNotAnException(String text) throws InvalidExpression {
    assertThat(DONATION.condition(text).parts().getFirst().evaluate(facts()))
        .isInstanceOfSatisfying(
            Evaluated.Failure.class, failure -> assertThat(failure.reason()).isNotBlank());
  }

  @Test
  void outcomesHaveTheirTypeAndConstantsTheirRange() throws InvalidExpression {
    Expressions encounter = Expressions.of(RuleKind.ENCOUNTER);
    var points = FactSchema.of(RuleKind.ENCOUNTER).outcome("civilianPoints").orElseThrow();

    assertThat(encounter.outcome(points, "1000 * 1000").evaluate(Map.of()))
        .isEqualTo(new Evaluated.Value(1_000_000L));
    for (String wrong : List.of("-1", "1000001", "true", "1.5", "1u", "'10'", "")) {
      assertThat(
              catchThrowableOfType(InvalidExpression.class, () -> encounter.outcome(points, wrong)))
          .as(wrong)
          .isNotNull();
    }
  }

  static List<ExpressionIssue> issues(String text) {
    InvalidExpression invalid =
        catchThrowableOfType(InvalidExpression.class, () -> DONATION.condition(text));
    assertThat(invalid).as(text).isNotNull();
    return invalid.issues();
  }

  private static Map<String, Object> facts() {
    return new HashMap<>(
        Map.of(
            "giver", "g",
            "giverKind", "civilian",
            "recipient", "r",
            "recipientKind", "charity",
            "points", 5L,
            "at", Instant.parse("2026-07-04T12:00:00Z"),
            "timeZone", "America/New_York"));
  }
}
