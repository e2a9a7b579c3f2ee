package app.heyblue.rules.deciding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.rules.RuleKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsInputTest {
  private static final String FACTS =
      """
      {"at": "2026-07-04T08:00:00-04:00", "timeZone": "UTC", "civilianSpeed": 2}
      """;

  @Test
  void readsTypesAsTheDoorTakesThem() throws JsonProcessingException {
    assertThat(FactsInput.read(RuleKind.PROXIMITY, json("timeZone", "\"UTC\"")))
        .isEqualTo(
            Map.of(
                "at",
                Instant.parse("2026-07-04T12:00:00Z"),
                "timeZone",
                "UTC",
                "civilianSpeed",
                2.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at            | null                    | /facts/at
          at            | 1783166400              | /facts/at
          at            | "2026-07-04"            | /facts/at
          at            | "2026-07-04T08:00:00"   | /facts/at
          timeZone      | 5                       | /facts/timeZone
          timeZone      | ["UTC"]                 | /facts/timeZone
          civilianSpeed | "2"                     | /facts/civilianSpeed
          civilianSpeed | true                    | /facts/civilianSpeed
          civilianSpeed | 1e999                   | /facts/civilianSpeed
          speed         | 1                       | /facts/speed
          """)
  void pointsToAFactThatDoesNotFit(String name, String value, String pointer)
      throws JsonProcessingException {
    Map<String, @Nullable Object> json = json(name, value);

    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> FactsInput.read(RuleKind.PROXIMITY, json));

    assertThat(problem.errors()).extracting(InputError::pointer).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource({"1.5", "9223372036854775808", "'\"5\"'"})
  void aWholeNumberIsWholeAndInRange(String points) throws JsonProcessingException {
    Map<String, @Nullable Object> facts = new HashMap<>(Sample.donation(1));
    facts.put("at", "2026-07-04T12:00:00Z");
    facts.put("points", Json.mapper().readValue(points, Object.class));

    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> FactsInput.read(RuleKind.DONATION, facts))
                .errors())
        .extracting(InputError::pointer)
        .containsExactly("/facts/points");
  }

  private static Map<String, @Nullable Object> json(String name, String value)
      throws JsonProcessingException {
    Map<String, @Nullable Object> facts =
        new HashMap<>(Json.mapper().readValue(FACTS, new TypeReference<Map<String, Object>>() {}));
    facts.put(name, Json.mapper().readValue(value, Object.class));
    return facts;
  }
}
