package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.Townspeople.Person;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people enter, however verbose the log: it isn't in it. */
class LogPrivacyIT {
  @TempDir Path folder = Path.of("");
  private final List<String> planted = new ArrayList<>();

  @Test
  void nothingPersonalReachesTheLogAtAnyLevel() throws Exception {
    Path home = folder.resolve("home");
    String log;
    String database;
    Person officer;
    try (RunningServer server =
        RunningServer.start(
                home,
                RunningServer.freePort(),
                Map.of(
                    "HEYBLUE_LOG", "json",
                    "QUARKUS_LOG_LEVEL", "DEBUG",
                    "QUARKUS_LOG_CATEGORY__APP_HEYBLUE__LEVEL", "TRACE",
                    "QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL", "TRACE",
                    "QUARKUS_LOG_CATEGORY__IO_AGROAL__LEVEL", "DEBUG",
                    "QUARKUS_LOG_CATEGORY__ORG_FLYWAYDB__LEVEL", "DEBUG"))
            .awaitReady()) {
      officer = tellStories(new Townspeople(server.api()));
      log = server.output();
      database = Files.readString(home.resolve("postgres").resolve("postgres.log"));
    }

    assertThat(planted).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    assertThat(leaks(log)).isEmpty();
    assertThat(leaks(database)).isEmpty();
    // The log is as verbose as was asked, and the search finds what is there.
    assertThat(log).contains("\"level\":\"DEBUG\"");
    assertThat(leaks(log + "\nsigned in: " + officer.email())).containsExactly(officer.email());
    requireAccessLines(log);
  }

  private Person tellStories(Townspeople town) {
    Person civilian = join(town, "civilian", "Ottoline Zyxquist", "03867");
    Person officer = join(town, "officer", "Barnaby Quillfeather", "82833");
    Person charity = town.join("charity");
    plant(town.qrToken(civilian));
    String code = town.qrToken(civilian);
    plant(code);
    town.scan(officer, code, key()).orFail();
    town.scan(officer, code, key());
    town.scan(officer, "zyx-broken-code-" + plant("quincunx"), key());
    town.send(
            API + "/transactions",
            civilian.token(),
            Map.of(
                "kind",
                "donation",
                "to",
                charity.userId(),
                "points",
                3,
                "message",
                plant("Thank you dear xylophone lady")),
            key())
        .orFail();
    // What is refused, half understood, or looked for must not be quoted either.
    town.send(
        API + "/transactions",
        civilian.token(),
        Map.of("kind", "donation", "to", plant("somebody-else-entirely"), "points", "many"),
        key());
    town.post(
        API + "/sessions",
        null,
        Map.of(
            "email", civilian.email(),
            "password", plant("wrong horse zygomatic"),
            "deviceId", plant("device-zwieback-7")));
    town.post(API + "/sessions", null, Map.of("email", plant("not a mail zarzuela")));
    town.post(API + "/password-resets", null, Map.of("email", civilian.email()));
    plant(town.code(civilian.email()));
    town.get(API + "/me", "zealous." + plant("token-quetzal") + ".x");
    town.get(API + "/charities?q=" + plant("zymurgyfoundation"), civilian.token());
    town.get(API + "/users/" + plant("user-named-zorilla"), civilian.token());
    town.get(API + "/users/" + civilian.userId(), civilian.token()).orFail();
    town.get(API + "/users/" + civilian.userId() + "/officers-met", civilian.token()).orFail();
    town.get("/" + plant("unknown-path-zeugma"), civilian.token());
    return officer;
  }

  private Person join(Townspeople town, String kind, String name, String zip) {
    JsonNode desk = town.get(API + "/demo/evidence?kind=" + kind, null).orFail().body();
    ObjectNode evidence = desk.path("evidence").deepCopy();
    for (JsonNode value : evidence) {
      if (value.isTextual() && value.asText().length() > 4) {
        plant(value.asText());
      }
    }
    String email =
        kind.equals("civilian")
            ? "zyx." + UUID.randomUUID() + "@quokka.example"
            : desk.path("email").asText();
    // Where an agency's roster says who its officers are, the name is the roster's.
    String named = kind.equals("civilian") ? name : desk.path("displayName").asText();
    String where = kind.equals("civilian") ? zip : desk.path("zip").asText();
    Person person = town.join(kind, plant(email), plant(named), where, evidence);
    if (kind.equals("civilian")) {
      plant("\"" + where + "\"");
    }
    plant(person.password());
    plant(person.token());
    plant(person.deviceId());
    plant(person.userId());
    return person;
  }

  private String plant(String value) {
    if (!planted.contains(value)) {
      planted.add(value);
    }
    return value;
  }

  private List<String> leaks(String text) {
    return planted.stream().filter(text::contains).toList();
  }

  private static void requireAccessLines(String log) throws Exception {
    Map<String, JsonNode> lines = new LinkedHashMap<>();
    for (String line : log.lines().filter(text -> text.startsWith("{")).toList()) {
      JsonNode document = Json.mapper().readTree(line);
      if (document.path("loggerName").asText().equals("app.heyblue.access")) {
        lines.put(document.path("mdc").path("operation").asText(), document.path("mdc"));
      }
    }
    JsonNode scan = lines.getOrDefault("POST /api/v1/encounters/scans", Json.mapper().nullNode());
    assertThat(Stream.of("requestId", "operation", "status", "millis", "caller").filter(scan::has))
        .hasSize(5);
    assertThat(scan.path("caller").asText()).isEqualTo("officer");
    assertThat(lines).containsKey("GET /api/v1/users/{id}");
  }
}
