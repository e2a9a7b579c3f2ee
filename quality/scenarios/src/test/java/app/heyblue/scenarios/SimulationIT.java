package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A draft is tried out on meetings that really happened. */
class SimulationIT {
  private static final String PATH = API + "/rules/simulations";

  private final ApiClient api = RunningServer.shared().api();
  private final Townspeople town = new Townspeople(api);
  private final Instant start = Instant.now().minus(Duration.ofMinutes(1));

  @Test
  void aDraftIsTriedOutOnHistoryWithoutMovingAPoint() {
    String admin = town.demoToken("admin");
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    town.scan(officer, town.qrToken(civilian), key()).orFail();
    Map<String, Object> request = request(officer);
    town.await(
        API + "/streams/transactions/consumers",
        admin,
        body -> body.path("items").valueStream().allMatch(c -> c.path("lag").asLong() == 0));

    JsonNode report = town.post(PATH, admin, request).orFail().body();

    assertThat(report.path("changes").path("other").asLong()).isOne();
    assertThat(report.path("totals").path("difference").path("points").asLong()).isEqualTo(80);
    JsonNode outcomes = report.path("kinds").path(0).path("outcomes");
    assertThat(outcomes.path("civilianPoints").path("difference").asLong()).isEqualTo(40);
    assertThat(report.path("rules").findValuesAsText("finding")).contains("decides");
    assertThat(town.balance(civilian)).isEqualTo(10);

    Answer stream = api.send("POST", PATH, admin, request, Map.of("Accept", "text/event-stream"));
    assertThat(stream.response().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(stream.response().body()).contains("event:progress").contains("event:result");
  }

  @Test
  void mistakesInADraftAreToldWithTheirPlace() {
    String admin = town.demoToken("admin");
    Answer refused =
        town.post(
            PATH,
            admin,
            Map.of(
                "rule",
                Map.of(
                    "name", "Wrong",
                    "kind", "donation",
                    "when", "points >",
                    "then", Map.of("allowed", "true"),
                    "priority", 1),
                "from",
                "2026-01-01T00:00:00Z",
                "to",
                "2026-02-01T00:00:00Z"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("errors").path(0).path("pointer").asText())
        .isEqualTo("/rule/when");
    assertThat(town.post(PATH, admin, Map.of("rule", "x", "from", "y", "to", "z")).status())
        .isEqualTo(400);
  }

  private Map<String, Object> request(Person officer) {
    return Map.of(
        "rule",
        Map.of(
            "name",
            "Fifty for one officer",
            "kind",
            "encounter",
            "when",
            "officer == '" + officer.userId() + "'",
            "then",
            Map.of("civilianPoints", "50", "officerPoints", "50"),
            "priority",
            1000),
        "from",
        start.toString(),
        "to",
        Instant.now().plus(Duration.ofMinutes(5)).toString());
  }
}
