package app.heyblue.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.rules.LimitWindow;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCheckTest {
  private static final String RULE =
      """
      {"name": " Summer ", "kind": "encounter", "when": "proof == 'qr'", "priority": 3,
       "then": {"officerPoints": "7", "civilianPoints": "size(agencyZip) * 3"},
       "validFrom": "2026-07-01T00:00:00-04:00", "validUntil": "2026-08-01T00:00:00Z",
       "limits": [{"per": "pair", "window": "calendarDay", "max": 1},
                  {"per": "rule", "window": "total", "max": 1000}]}
      """;

  @Test
  void keepsWhatWasWritten() throws JsonProcessingException {
    RuleContent content = ContentCheck.check(Json.mapper().readValue(RULE, RuleInput.class));

    assertThat(content.name()).isEqualTo("Summer");
    assertThat(content.then().keySet()).containsExactly("civilianPoints", "officerPoints");
    assertThat(content.validFrom()).isEqualTo(Instant.parse("2026-07-01T04:00:00Z"));
    assertThat(content.limits())
        .containsExactly(
            new Limit(Per.PAIR, LimitWindow.CALENDAR_DAY, 1),
            new Limit(Per.RULE, LimitWindow.TOTAL, 1000));
    assertThat(ContentCheck.check(RuleInput.of(content))).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name       | null                                    | /name
          name       | "  "                                    | /name
          name       | "a\\nb"                                 | /name
          name       | "a\\u0000"                              | /name
          kind       | null                                    | /kind
          when       | null                                    | /when
          when       | "proof"                                 | /when
          then       | null                                    | /then
          then       | {"civilianPoints": "1"}                 | /then/officerPoints
          then       | {"civilianPoints": "1", "officerPoints": "points"} | /then/officerPoints
          then       | {"civilianPoints": "1", "officerPoints": "-1"} | /then/officerPoints
          then       | {"civilianPoints": "1", "officerPoints": "1000001"} | /then/officerPoints
          then       | {"civilianPoints": "1", "officerPoints": "1", "a/b~": "1"} | /then/a~1b~0
          priority   | null                                    | /priority
          priority   | 1000001                                 | /priority
          priority   | -2147483648                             | /priority
          validFrom  | "yesterday"                             | /validFrom
          validFrom  | "2026-07-01"                            | /validFrom
          validFrom  | "2026-02-30T00:00:00Z"                  | /validFrom
          validFrom  | "+999999-01-01T00:00:00Z"               | /validFrom
          validUntil | "2026-07-01T04:00:00Z"                  | /validUntil
          limits     | [null]                                  | /limits/0
          limits     | [{"per": "pair", "window": "total"}]    | /limits/0
          limits     | [{"per": "pair", "window": "total", "max": 0}] | /limits/0/max
          limits     | [{"per": "pair", "window": "total", "max": 9223372036854775807}] | /limits/0/max
          limits     | [{"per": "pair", "window": "total", "max": 1}, {"per": "pair", "window": "total", "max": 2}] | /limits/1
          """)
  void pointsToWhatIsWrong(String field, String value, String pointer)
      throws JsonProcessingException {
    ObjectNode rule = (ObjectNode) Json.mapper().readTree(RULE);
    rule.set(field, Json.mapper().readTree(value));

    assertThat(errors(rule)).extracting(InputError::pointer).containsExactly(pointer);
  }

  @Test
  void saysEverythingAtOnce() throws JsonProcessingException {
    ObjectNode rule = (ObjectNode) Json.mapper().readTree(RULE);
    rule.put("name", "").put("when", "prof == 'qr' && 1 > 'a'").remove("priority");

    assertThat(errors(rule))
        .extracting(InputError::pointer)
        .containsExactly("/name", "/priority", "/when", "/when");
  }

  @Test
  void aProximityRuleTakesNoLimits() throws JsonProcessingException {
    ObjectNode rule = (ObjectNode) Json.mapper().readTree(RULE);
    rule.put("kind", "proximity").put("when", "civilianSpeed < 5");
    rule.putObject("then")
        .put("rings", "1")
        .put("dwellSeconds", "30")
        .put("alertsPerDay", "20")
        .put("acceptanceMeters", "0");

    assertThat(errors(rule))
        .extracting(InputError::pointer)
        .containsExactly("/then/acceptanceMeters", "/limits");
  }

  private static List<InputError> errors(ObjectNode rule) throws JsonProcessingException {
    RuleInput input = Json.mapper().treeToValue(rule, RuleInput.class);
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> ContentCheck.check(input));
    assertThat(problem).isNotNull();
    return problem.errors();
  }
}
