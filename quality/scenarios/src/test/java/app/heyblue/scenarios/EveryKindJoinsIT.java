package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of party, from the form to the first sign-in, by the public API alone. */
class EveryKindJoinsIT {
  private static final RunningServer SERVER = RunningServer.shared();
  private static final Townspeople TOWN = new Townspeople(SERVER.api());
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"civilian", "officer", "charity", "family"})
  void joinsWithoutAReviewAndIsWelcomed(String kind) {
    Person joined = TOWN.join(kind);

    JsonNode me = TOWN.get(API + "/me", joined.token()).orFail().body();
    assertThat(me.path("kind").asText()).isEqualTo(kind);
    assertThat(subjects(joined.email())).hasSize(2).first().asString().isNotEmpty();
  }

  @Test
  void aMerchantJoinsByAReviewThatSeesTheFindingsSideBySide() {
    JsonNode desk = TOWN.get(API + "/demo/evidence?kind=merchant", null).orFail().body();
    String email = desk.path("email").asText();
    String own = apply("merchant", desk);
    confirm(own, email);
    TOWN.await(own, null, body -> body.path("status").asText().equals("needsReview"));

    String admin = TOWN.demoToken("admin");
    JsonNode findings = TOWN.get(own + "/findings", admin).orFail().body().path("items");
    assertThat(findings).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode finding : findings) {
      assertThat(finding.path("validator").asText()).isNotEmpty();
      assertThat(finding.path("verdict").asText()).isIn("verified", "undecided");
      assertThat(finding.path("at").asText()).endsWith("Z");
    }
    TOWN.post(own + "/review", admin, Map.of("decision", "approve")).orFail();
    TOWN.await(own, null, body -> body.path("status").asText().equals("active"));
    assertThat(subjects(email)).hasSize(3);
    TOWN.signIn(email, PASSWORD, DEVICE);
  }

  @ParameterizedTest
  @CsvSource({"es,Su código", "'es-MX,es;q=0.9,en;q=0.5',Su código", "fr,Your HeyBlue", ";;;,Your"})
  void isWrittenToInTheLanguageOfTheBrowser(String accepted, String subject) throws Exception {
    String email = UUID.randomUUID() + "@people.example";
    HttpResponse<String> made =
        HTTP.send(
            HttpRequest.newBuilder(SERVER.address().resolve(API + "/onboarding/applications"))
                .header("Content-Type", "application/json")
                .header("Accept-Language", accepted)
                .POST(
                    BodyPublishers.ofString(
                        Json.mapper().writeValueAsString(civilian(email, "Maya"))))
                .build(),
            BodyHandlers.ofString());

    assertThat(made.statusCode()).isEqualTo(202);
    assertThat(subjects(email).getFirst()).startsWith(subject);
  }

  @Test
  void whoWithdrawsIsGoneAndMayComeBack() {
    String email = UUID.randomUUID() + "@shops.example";
    JsonNode desk = TOWN.get(API + "/demo/evidence?kind=merchant", null).orFail().body();
    String own = apply("merchant", email, desk);
    assertThat(TOWN.post(own + "/code", null, Map.of()).status()).isEqualTo(202);
    confirm(own, email);
    TOWN.await(own, null, body -> body.path("status").asText().equals("needsReview"));
    assertThat(TOWN.post(own + "/withdrawal", null, Map.of("code", "000000")).status())
        .isEqualTo(422);
    TOWN.post(own + "/code", null, Map.of()).orFail();
    JsonNode gone =
        TOWN.post(own + "/withdrawal", null, Map.of("code", TOWN.code(email))).orFail().body();

    assertThat(gone.path("status").asText()).isEqualTo("rejected");
    assertThat(gone.path("ending").asText()).isEqualTo("withdrawn");
    assertThat(gone.path("reason").asText()).isNotEmpty();
    assertThat(TOWN.post(own + "/code", null, Map.of()).status()).isEqualTo(409);
    apply("merchant", email, desk);
  }

  @Test
  void hostileFormsAreRefusedOrKeptAsTheyAre() {
    for (String name :
        List.of("a\u0000b", "a\u202Eb", "\u200F", "a\u200Bb", " ", "x".repeat(101), "a\nb")) {
      Answer answer =
          TOWN.post(API + "/onboarding/applications", null, civilian("a@people.example", name));
      assertThat(answer.status()).as(name).isEqualTo(400);
    }
    for (String name :
        List.of("李小龍", "Zoë 👩🏽‍🚒", "דוד Smith", "Ма́ша 7", "'; drop table x;--")) {
      String email = UUID.randomUUID() + "@people.example";
      TOWN.post(API + "/onboarding/applications", null, civilian(email, name)).orFail();
    }
  }

  @Test
  void aRosterIsTakenWholeOrNotAtAllAndItsOfficersJoin() throws Exception {
    String agency = "Agency " + UUID.randomUUID();
    String head = "agency,domain,timeZone,zip,badge\n";
    String row = agency + ",harbor.example,America/Denver,82001,";
    String admin = TOWN.demoToken("admin");

    HttpResponse<String> faulty = upload(admin, head + row + "1\n" + row + "\n");
    assertThat(faulty.statusCode()).isEqualTo(422);
    assertThat(faulty.body()).contains("roster-faulty", "line 3");
    HttpResponse<String> taken = upload(admin, "\uFEFF" + head + row + "1\r\n" + row + "2\r\n");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertThat(Json.mapper().readTree(taken.body()))
        .isEqualTo(
            Json.mapper()
                .readTree("{\"agencies\": 1, \"badges\": 2, \"added\": 2, \"removed\": 0}"));
    TOWN.join(
        "officer",
        UUID.randomUUID() + "@patrol.harbor.example",
        "Sam Reyes",
        "82001",
        Json.mapper().valueToTree(Map.of("agency", agency, "badgeNumber", "#2")));
  }

  private static final String PASSWORD = "lantern walks 27 blue miles";
  private static final String DEVICE = "device-of-a-story";

  private static String apply(String kind, JsonNode desk) {
    return apply(kind, desk.path("email").asText(), desk);
  }

  private static String apply(String kind, String email, JsonNode desk) {
    Answer made =
        TOWN.apply(
            kind,
            email,
            PASSWORD,
            desk.path("displayName").asText(),
            desk.path("zip").asText(),
            DEVICE,
            desk.path("evidence"));
    return API + "/onboarding/applications/" + made.orFail().body().path("id").asText();
  }

  private static void confirm(String own, String email) {
    TOWN.post(own + "/email-confirmation", null, Map.of("code", TOWN.code(email))).orFail();
  }

  private static Map<String, Object> civilian(String email, String name) {
    return Map.of(
        "kind", "civilian",
        "email", email,
        "password", PASSWORD,
        "displayName", name,
        "zip", "82001",
        "deviceId", DEVICE,
        "evidence", Map.of());
  }

  private static List<String> subjects(String email) {
    List<String> subjects = new ArrayList<>();
    TOWN.get(API + "/demo/mailbox?email=" + email, null)
        .orFail()
        .body()
        .path("items")
        .forEach(item -> subjects.add(item.path("subject").asText()));
    return subjects;
  }

  private static HttpResponse<String> upload(String token, String csv) throws Exception {
    String body =
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n"
            + csv
            + "\r\n--cut--\r\n";
    return HTTP.send(
        HttpRequest.newBuilder(SERVER.address().resolve(API + "/onboarding/rosters"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=cut")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
