package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Metrics tell who waits for what, to those who run the house, and of nobody. */
class MetricsIT {
  private static final Pattern OURS = Pattern.compile("(?m)^# TYPE (heyblue_[a-z_]+) ");
  private static final Pattern NAMED = Pattern.compile("`(heyblue_[a-z_]+)`");
  private static final Pattern MEANT = Pattern.compile("heyblue_[a-z_]+");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RunningServer server = RunningServer.shared();
  private final Townspeople town = new Townspeople(server.api());

  @Test
  void theReferenceAndTheServerHaveTheSameMetricsAndTheRulesUseNoOthers() throws Exception {
    town.get(API + "/nothing-is-here", null);
    TreeSet<String> served = new TreeSet<>();
    // The format's older form writes a counter's type without its suffix.
    OURS.matcher(metrics()).results().forEach(type -> served.add(type.group(1)));
    TreeSet<String> named = names(NAMED, "docs/reference/metrics.md");
    assertThat(named.stream().map(MetricsIT::family)).containsExactlyElementsOf(served);
    for (String page :
        List.of(
            "docs/guides/watching.md", "docs/guides/alerts.yml", "docs/guides/alerts-test.yml")) {
      assertThat(names(MEANT, page)).as(page).isNotEmpty().isSubsetOf(named);
    }
  }

  @Test
  void aMeetingIsCountedAndEverybodyHasHeardOfIt() {
    double before = figure("heyblue_ledger_transactions_total{kind=\"encounter\"}");
    town.scan(town.join("officer"), town.qrToken(town.join("civilian")), key()).orFail();
    assertThat(figure("heyblue_ledger_transactions_total{kind=\"encounter\"}"))
        .isGreaterThanOrEqualTo(before + 1);
    assertThat(figure("heyblue_stream_head{stream=\"users\"}")).isPositive();
    assertThat(
            figure("heyblue_consumer_parked{consumer=\"users.activity\",stream=\"transactions\"}"))
        .isZero();
    assertThat(figure("heyblue_database_up")).isOne();
    assertThat(figure("heyblue_disk_free_bytes")).isPositive();
    assertThat(metrics()).contains("agroal_awaiting_count").contains("agroal_active_count");
  }

  @Test
  void tellNothingOfAnybody() {
    Person civilian = town.join("civilian");
    town.get(API + "/users/" + civilian.userId(), civilian.token()).orFail();
    town.get(API + "/users/" + civilian.userId() + "/officers-met", civilian.token()).orFail();
    assertThat(metrics())
        .doesNotContain(civilian.userId())
        .doesNotContain(civilian.email())
        .doesNotContain(civilian.deviceId())
        .contains("uri=\"/api/v1/users/{id}\"");
  }

  @Test
  void strangersMakeNoSeries() throws Exception {
    for (int i = 0; i < 20; i++) {
      send("GET", "/stranger" + i);
      send("GET", API + "/users/stranger" + i);
      send("DELETE", API + "/users/stranger" + i);
      send("POST", API + "/ledger/stranger" + i);
      send("STRANGER" + i, "/api/v1/ledger/heads");
      send("GET", "/health/group/stranger" + i);
      send("GET", "/docs/stranger" + i);
      send("GET", "/problems/stranger" + i);
    }
    send("GET", "/%6fpenapi");
    send("GET", "/%68ealth");
    assertThat(
            HTTP.send(
                    request("/metrics/stranger").header("X-Forwarded-For", "192.0.2.1").build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(403);
    assertThat(metrics().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("stranger")
        .doesNotContain("%6");
  }

  @Test
  void areNotForWhoeverAProxyBringsFromElsewhere() throws Exception {
    for (String path : new String[] {"/metrics", "/metrics/", "/%6detrics", "//metrics"}) {
      var answer =
          HTTP.send(
              request(path).header("X-Forwarded-For", "192.0.2.1").build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isIn(403, 404);
      assertThat(answer.body()).doesNotContain("jvm_");
    }
  }

  private void send(String method, String path) throws Exception {
    HTTP.send(
        request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(java.net.URI.create(server.address() + path));
  }

  private String metrics() {
    return server.api().get("/metrics", null).orFail().response().body();
  }

  private double figure(String sample) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample));
  }

  private static String family(String name) {
    return name.replaceFirst("_total$", "");
  }

  private static TreeSet<String> names(Pattern pattern, String page) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    pattern
        .matcher(Files.readString(Path.of("../..").resolve(page)))
        .results()
        .forEach(name -> names.add(name.group(name.groupCount())));
    return names;
  }
}
