package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What the contract promises of every answer, seen from outside. */
class ConventionsIT {
  private final ApiClient api = RunningServer.shared().api();
  private final Townspeople town = new Townspeople(api);

  @Test
  void whatIsNotThereAndWhatDoesNotFitAreProblems() {
    requireProblem(api.get("/nowhere", null), 404);
    requireProblem(api.get(API + "/nowhere/else", null), 404);
    requireProblem(api.send("DELETE", API + "/ledger/heads", null, null, Map.of()), 405);
    requireProblem(api.get(API + "/catalogs/charities/not-an-ein", null), 404, 400);
    requireProblem(api.get(API + "/catalogs/charities?after=%00&limit=5", null), 400);
    requireProblem(api.get(API + "/catalogs/charities?limit=0", null), 400);
    requireProblem(api.get(API + "/catalogs/charities?limit=many", null), 400);
    requireProblem(api.get(API + "/catalogs/charities?limit=99999999999", null), 400);
    assertThat(api.get(API + "/catalogs/charities?limit=1000&state=", null).status())
        .isEqualTo(200);
    requireProblem(api.get("/problems/nonesuch", null), 404);
    requireProblem(
        api.send("GET", API + "/ledger/heads", null, null, Map.of("Accept", "nonsense")), 406);
    requireProblem(
        api.send("GET", API + "/ledger/heads", null, null, Map.of("Content-Type", "nonsense")),
        415);
  }

  @Test
  void operatorsAndBrowsersFindWhatTheyNeed() {
    for (String path : new String[] {"/health/live", "/health/ready", "/metrics", "/openapi"}) {
      assertThat(api.get(path, null).status()).as(path).isEqualTo(200);
    }
    assertThat(api.get("/docs/", null).response().body()).contains("swagger");
    assertThat(api.get("/problems/rule-forbids", null).response().body()).contains("Retry-After");
    JsonNode keys = api.get("/.well-known/jwks.json", null).orFail().body().path("keys");
    assertThat(keys).isNotEmpty();
    assertThat(keys.path(0).has("d")).isFalse();
  }

  @Test
  void anotherDeviceIsRefusedUntilItIsRelinkedByMail() {
    Person civilian = town.join("civilian");
    Map<String, String> elsewhere =
        Map.of("email", civilian.email(), "password", civilian.password(), "deviceId", "another");
    Answer refused = town.post(API + "/sessions", null, elsewhere);
    requireProblem(refused, 403);
    assertThat(refused.body().path("type").asText()).isEqualTo("/problems/other-device");
    String relink =
        town.post(API + "/onboarding/device-relinks", null, Map.of("email", civilian.email()))
            .orFail()
            .body()
            .path("id")
            .asText();
    town.post(
            API + "/onboarding/device-relinks/" + relink + "/confirmation",
            null,
            Map.of("code", town.code(civilian.email()), "deviceId", "another"))
        .orFail();
    assertThat(town.post(API + "/sessions", null, elsewhere).status()).isEqualTo(201);
    requireProblem(api.get(API + "/me", civilian.token()), 401);
  }

  @Test
  void signingOutEndsTheTokenAtOnce() {
    Person civilian = town.join("civilian");
    assertThat(api.get(API + "/me", civilian.token()).status()).isEqualTo(200);
    assertThat(
            api.send("DELETE", API + "/sessions/current", civilian.token(), null, Map.of())
                .status())
        .isEqualTo(204);
    requireProblem(api.get(API + "/me", civilian.token()), 401);
  }

  @Test
  void aPatchNeedsTheCurrentETag() {
    Person civilian = town.join("civilian");
    Answer me = api.get(API + "/me", civilian.token()).orFail();
    String etag = me.response().headers().firstValue("ETag").orElseThrow();
    requireProblem(patch(civilian, Map.of()), 428);
    assertThat(patch(civilian, Map.of("If-Match", etag)).status()).isEqualTo(200);
    assertThat(api.get(API + "/me", civilian.token()).body().path("displayName").asText())
        .isEqualTo("Zoë 👋");
    requireProblem(patch(civilian, Map.of("If-Match", etag)), 412);
  }

  private Answer patch(Person person, Map<String, String> headers) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put("Content-Type", "application/merge-patch+json");
    return api.send("PATCH", API + "/me", person.token(), Map.of("displayName", "Zoë 👋"), all);
  }

  @Test
  void aRuleIsEditedActivatedAndDecidesAtOnce() {
    String admin = town.demoToken("admin");
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    Map<String, Object> rule =
        Map.of(
            "name",
            "A day of welcome",
            "kind",
            "encounter",
            "when",
            "civilian == '" + civilian.userId() + "'",
            "then",
            Map.of("civilianPoints", "40 + 2", "officerPoints", "7"),
            "priority",
            1_000);
    Answer made = town.post(API + "/rules", admin, rule);
    assertThat(made.status()).isEqualTo(201);
    String path = API + "/rules/" + made.body().path("id").asText();
    town.post(path + "/activation", admin, Map.of()).orFail();
    try {
      JsonNode points =
          town.scan(officer, town.qrToken(civilian), key()).orFail().body().path("points");
      assertThat(points.path("civilian").asLong()).isEqualTo(42);
      assertThat(points.path("officer").asLong()).isEqualTo(7);
    } finally {
      town.post(path + "/retirement", admin, Map.of()).orFail();
    }
    Answer typo =
        town.post(
            API + "/rules",
            admin,
            Map.of(
                "name", "Typo",
                "kind", "encounter",
                "when", "prof == 'qr'",
                "then", Map.of("civilianPoints", "1", "officerPoints", "1"),
                "priority", 1));
    requireProblem(typo, 400);
    assertThat(typo.body().path("errors").path(0).path("pointer").asText()).isEqualTo("/when");
  }

  @Test
  void aPhoneReadsTheCode() throws Exception {
    JsonNode code =
        town.post(API + "/qr-codes", town.join("civilian").token(), Map.of()).orFail().body();
    var image =
        ImageIO.read(
            new ByteArrayInputStream(Base64.getDecoder().decode(code.path("png").asText())));
    assertThat(
            new MultiFormatReader()
                .decode(
                    new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image))))
                .getText())
        .isEqualTo(code.path("token").asText());
    assertThat(code.path("svg").asText()).startsWith("<svg");
  }

  @Test
  void aChangeOfStateLeavesAnAuditRecordByWhomAndWithWhatOutcome() {
    String admin = town.demoToken("admin");
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    String encounter =
        town.scan(officer, town.qrToken(civilian), key()).orFail().body().path("id").asText();
    JsonNode records =
        api.get(API + "/audit?subject=" + encounter, admin).orFail().body().path("items");
    assertThat(records).isNotEmpty();
    assertThat(records.path(0).path("actor").asText()).isEqualTo(officer.userId());
    assertThat(records.toString()).doesNotContain("127.0.0.1");
  }

  @Test
  void aMerchantIsReviewedByAHuman() {
    String admin = town.demoToken("admin");
    JsonNode desk = api.get(API + "/demo/evidence?kind=merchant", null).orFail().body();
    String email = desk.path("email").asText();
    Answer made =
        town.apply(
            "merchant",
            email,
            "a password of some length",
            desk.path("displayName").asText(),
            desk.path("zip").asText(),
            "till-1",
            desk.path("evidence"));
    String own = API + "/onboarding/applications/" + made.orFail().body().path("id").asText();
    town.post(own + "/email-confirmation", null, Map.of("code", town.code(email))).orFail();
    town.await(own, null, body -> body.path("status").asText().equals("needsReview"));
    town.post(own + "/review", admin, Map.of("decision", "approve", "note", "Seen the shop."))
        .orFail();
    town.await(own, null, body -> body.path("status").asText().equals("active"));
    assertThat(town.signIn(email, "a password of some length", "till-1").token()).isNotBlank();
  }

  @Test
  void signingUpTwiceWithOneAddressTellsNobodyThatItIsKnown() {
    Person civilian = town.join("civilian");
    Answer again =
        town.apply(
            "civilian",
            civilian.email(),
            "another password",
            "Somebody",
            "82001",
            "x",
            Json.mapper().createObjectNode());
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body().path("status").asText()).isEqualTo("awaitingEmail");
  }

  private static void requireProblem(Answer answer, Integer... statuses) {
    assertThat(answer.status()).as("%s", answer.body()).isIn((Object[]) statuses);
    assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body().path("detail").asText()).isNotBlank();
  }
}
