package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.RunningServer.Finished;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two months of the District of Columbia from the address of a server, and what may go wrong. */
class CatalogSourcesIT {
  private static final String REFRESHES = API + "/catalogs/charities/refreshes";

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger notModified = new AtomicInteger();
  private HttpServer irs;
  private volatile byte[] offered = new byte[0];
  private volatile int announced;
  private volatile String etag = "";
  private @Nullable RunningServer running;
  private String admin = "";

  @BeforeEach
  void anAddressToFetchFrom() throws IOException {
    irs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    irs.createContext("/pub/irs-soi/eo_dc.csv", this::answer);
    irs.start();
  }

  @AfterEach
  void stop() {
    irs.stop(0);
    if (running != null) {
      running.close();
    }
  }

  @Test
  void twoMonthsComeThroughHttpAndOneIsUndone(@TempDir Path home) throws Exception {
    byte[] january = Files.readAllBytes(SharedData.charities("eo_dc_2026-01.csv"));
    byte[] april = Files.readAllBytes(SharedData.charities("eo_dc_2026-04.csv"));
    Map<String, String> before = rowsByEin(january);
    Map<String, String> after = rowsByEin(april);
    List<Integer> difference = difference(before, after);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "heyblue.catalogs.sources.dc",
        "http://reader:s3cret@127.0.0.1:%d/pub/irs-soi/eo_dc.csv"
            .formatted(irs.getAddress().getPort()));
    settings.put("heyblue.catalogs.source-backoff", "PT0.05S");
    RunningServer server = open(home, settings);

    // January comes, and isn't fetched twice.
    offer(january, january.length, "\"january\"");
    assertThat(counts(refresh(server))).containsExactly(before.size(), 0, 0);
    JsonNode again = refresh(server);
    assertThat(again.path("status").asText()).isEqualTo("applied");
    assertThat(again.path("reason").asText()).startsWith("Not modified");
    assertThat(sent).hasValue(1);
    assertThat(notModified).hasValue(1);

    // A charity of January joins and receives.
    String gone =
        before.keySet().stream().filter(ein -> !after.containsKey(ein)).findFirst().orElseThrow();
    Townspeople town = new Townspeople(server.api());
    Person charity = join(town, server.api(), gone);
    Person civilian = town.join("civilian");
    town.scan(town.join("officer"), town.qrToken(civilian), key()).orFail();
    give(server, civilian, charity).orFail();

    // April is cut off on its way, and then in its place: nothing of it is taken.
    offer(Arrays.copyOf(april, april.length / 2), april.length, "\"cut\"");
    assertThat(refresh(server).path("reason").asText()).contains("cut off");
    int rowEnd = april.length / 2;
    while (april[rowEnd - 1] != '\n') {
      rowEnd--;
    }
    offer(Arrays.copyOf(april, rowEnd), rowEnd, "\"short\"");
    JsonNode refused = refresh(server);
    assertThat(refused.path("status").asText()).isEqualTo("refused");
    assertThat(refused.path("reason").asText()).contains("cut off");
    assertThat(server.api().get(API + "/catalogs/charities/" + gone, null).isSuccess()).isTrue();

    // The whole April: who isn't in it any more keeps the account and receives nothing.
    offer(april, april.length, "\"april\"");
    JsonNode second = refresh(server);
    assertThat(counts(second)).isEqualTo(difference);
    town.await(
        API + "/recipients?kind=charity&query=" + word(before.get(gone)),
        civilian.token(),
        body -> !body.toString().contains(gone));
    assertNotListed(give(server, civilian, charity));
    assertThat(town.balance(charity)).isEqualTo(1);

    // A person looks at it and lets it receive, and takes that back.
    review(server, gone, "keep");
    give(server, civilian, charity).orFail();
    review(server, gone, "drop");
    assertNotListed(give(server, civilian, charity));

    // April was a mistake: one call takes it back.
    Finished undo = server.command("catalogs", "undo", second.path("id").asText());
    assertThat(undo.output())
        .contains(
            "%,d added, %,d changed, %,d removed"
                .formatted(difference.get(2), difference.get(1), difference.get(0)));
    give(server, civilian, charity).orFail();
    assertThat(
            server
                .api()
                .send(
                    "POST",
                    REFRESHES + "/" + second.path("id").asText() + "/undo",
                    admin,
                    null,
                    Map.of())
                .status())
        .isEqualTo(409);
    server.close();

    // By schedule it doesn't come straight back, but what is new does.
    settings.put("heyblue.catalogs.schedule", "PT1S");
    RunningServer scheduled = open(home, settings);
    JsonNode source =
        awaitSource(scheduled, last -> last.path("reason").asText().startsWith("Not modified"));
    assertThat(source.path("address").asText()).contains("/eo_dc.csv").doesNotContain("s3cret");
    assertThat(source.path("nextRun").asText()).isNotBlank();
    assertThat(scheduled.api().get(API + "/catalogs/charities/" + gone, null).isSuccess()).isTrue();
    byte[] may =
        new String(april, StandardCharsets.ISO_8859_1)
            .replaceFirst(",WASHINGTON,DC,", ",GEORGETOWN,DC,")
            .getBytes(StandardCharsets.ISO_8859_1);
    offer(may, may.length, "\"may\"");
    awaitSource(scheduled, last -> last.path("added").asInt() == difference.getFirst());
    assertThat(scheduled.api().get(API + "/catalogs/charities/" + gone, null).status())
        .isEqualTo(404);
  }

  private RunningServer open(Path home, Map<String, String> settings) throws IOException {
    RunningServer opened =
        RunningServer.start(
                home,
                RunningServer.freePort(),
                Map.of(
                    "JAVA_TOOL_OPTIONS",
                    settings.entrySet().stream()
                        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" "))))
            .awaitReady();
    running = opened;
    admin = new Townspeople(opened.api()).demoToken("admin");
    return opened;
  }

  private JsonNode refresh(RunningServer server) {
    String id =
        server
            .api()
            .send("POST", REFRESHES, admin, Map.of("source", "dc"), Map.of())
            .orFail()
            .body()
            .path("id")
            .asText();
    return new Townspeople(server.api())
        .await(
            REFRESHES + "/" + id,
            admin,
            refresh -> !refresh.path("status").asText().equals("running"));
  }

  private void review(RunningServer server, String ein, String decision) {
    server
        .api()
        .send(
            "POST",
            API + "/catalogs/charities/" + ein + "/review",
            admin,
            Map.of("decision", decision, "note", "Asked by telephone."),
            Map.of())
        .orFail();
  }

  /** Gives a point once the rooms have taken in what catalogs told them by the stream. */
  private ApiClient.Answer give(RunningServer server, Person giver, Person charity) {
    Townspeople town = new Townspeople(server.api());
    town.await(
        API + "/streams/users/consumers",
        admin,
        body -> {
          int lag = 0;
          for (JsonNode consumer : body.path("items")) {
            lag += consumer.path("lag").asInt();
          }
          return lag == 0;
        });
    return town.give(giver, "donation", charity.userId(), 1, key());
  }

  private static void assertNotListed(ApiClient.Answer gift) {
    assertThat(gift.status()).as(gift.body().toString()).isEqualTo(422);
    assertThat(gift.body().path("type").asText()).endsWith("/recipient-not-listed");
  }

  private JsonNode awaitSource(
      RunningServer server, java.util.function.Predicate<JsonNode> wanted) {
    return new Townspeople(server.api())
        .await(
            API + "/catalogs/sources",
            admin,
            body -> wanted.test(body.path("items").path(0).path("lastRefresh")))
        .path("items")
        .path(0);
  }

  private static Person join(Townspeople town, ApiClient api, String ein) {
    JsonNode listed = api.get(API + "/catalogs/charities/" + ein, null).orFail().body();
    return town.join(
        "charity",
        "office-" + ein + "@charity.example",
        listed.path("name").asText(),
        listed.path("zip").asText().substring(0, 5),
        Json.mapper().valueToTree(Map.of("ein", ein)));
  }

  private void offer(byte[] content, int length, String tag) {
    offered = content;
    announced = length;
    etag = tag;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", etag);
    if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      notModified.incrementAndGet();
      exchange.sendResponseHeaders(304, -1);
      exchange.close();
      return;
    }
    sent.incrementAndGet();
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write(offered);
    // Where more was announced, this hangs up in the middle.
    exchange.close();
  }

  private static List<Integer> counts(JsonNode refresh) {
    assertThat(refresh.path("status").asText()).as(refresh.toString()).isEqualTo("applied");
    return List.of(
        refresh.path("added").asInt(),
        refresh.path("changed").asInt(),
        refresh.path("removed").asInt());
  }

  private static List<Integer> difference(Map<String, String> before, Map<String, String> after) {
    int added = 0;
    int changed = 0;
    for (Map.Entry<String, String> row : after.entrySet()) {
      String old = before.get(row.getKey());
      added += old == null ? 1 : 0;
      changed += old == null || old.equals(row.getValue()) ? 0 : 1;
    }
    return List.of(added, changed, before.size() + added - after.size());
  }

  private static Map<String, String> rowsByEin(byte[] file) {
    Map<String, String> rows = new LinkedHashMap<>();
    new String(file, StandardCharsets.ISO_8859_1)
        .lines()
        .skip(1)
        .forEach(row -> rows.put(row.substring(0, 9), row));
    return rows;
  }

  private static String word(@Nullable String row) {
    return String.valueOf(row).split("[,\" ]+")[1];
  }
}
