package app.heyblue.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.RunningServer.Finished;
import app.heyblue.server.ApiClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * People who don't exist meet on a server that does. They wait for each other more than they do, so
 * others are tested meanwhile.
 */
@Execution(ExecutionMode.CONCURRENT)
class SimulateIT {
  private static final String API = "/api/v1";

  @Test
  void peopleAreAlertedAskAndMeet(@TempDir Path folder) throws Exception {
    try (RunningServer server =
        RunningServer.start(
                folder, RunningServer.freePort(), Map.of("HEYBLUE_TRACKING_PUBLISH_EVERY", "1S"))
            .awaitReady()) {
      alertAtOnce(server.api());
      Finished simulation =
          server.command(
              "simulate",
              "--civilians=6",
              "--officers=3",
              "--minutes=0.8",
              "--every=0.5",
              "--seed=4",
              "--asks=1",
              "--accepts=0.9",
              "--refuses=0.1",
              "--publish-every=1",
              "--dwell=0");
      assertThat(simulation.output()).contains("9 people are ready.").contains("No errors.");
      assertThat(count(simulation, "alerts")).isPositive();
      assertThat(count(simulation, "asked")).isPositive();
      assertThat(count(simulation, "confirmed")).isPositive();
      assertThat(count(simulation, "points earned")).isPositive();
      assertThat(simulation.status()).isZero();
    }
  }

  @Test
  void saysWhatToDoWhereNoServerIs() throws Exception {
    Finished simulation =
        RunningServer.run(
            Files.createTempDirectory(Path.of("target"), "home"),
            RunningServer.freePort(),
            Map.of(),
            "simulate",
            "--minutes=0.1");
    assertThat(simulation.output()).contains("./heyblue run");
    assertThat(simulation.status()).isEqualTo(1);
  }

  /** So that it's a matter of seconds. */
  private static void alertAtOnce(ApiClient api) {
    String token =
        send(api, null, "/demo/sessions", Map.of("userId", adminId(api), "deviceId", "desk"))
            .path("accessToken")
            .asText();
    JsonNode rule =
        send(
            api,
            token,
            "/rules",
            Map.of(
                "name",
                "Alerts at once",
                "kind",
                "proximity",
                "when",
                "true",
                "then",
                Map.of(
                    "rings", "1",
                    "dwellSeconds", "0",
                    "alertsPerDay", "100",
                    "acceptanceMeters", "30"),
                "priority",
                1000));
    send(api, token, "/rules/" + rule.path("id").asText() + "/activation", Map.of());
  }

  private static String adminId(ApiClient api) {
    for (JsonNode person : api.get(API + "/demo/people", null).orFail().body().path("items")) {
      if (person.path("kind").asText().equals("admin")) {
        return person.path("userId").asText();
      }
    }
    throw new AssertionError("the demo town has no administrator");
  }

  private static JsonNode send(ApiClient api, @Nullable String token, String path, Object body) {
    return api.send("POST", API + path, token, body, Map.of()).orFail().body();
  }

  private static long count(Finished simulation, String what) {
    Matcher number =
        Pattern.compile("^.*?(\\d+) " + what + "[,.].*$", Pattern.MULTILINE)
            .matcher(simulation.output().substring(simulation.output().lastIndexOf("positions, ")));
    assertThat(number.find()).isTrue();
    return Long.parseLong(number.group(1));
  }
}
