package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in and who doesn't, over HTTP: sessions, passwords, tokens of others. */
class IdentityIT {
  private static final ApiClient SHARED = RunningServer.shared().api();
  private static final Townspeople TOWN = new Townspeople(SHARED);

  @Test
  void onesSessionsAreSeenAndEndedAndTheirTokensAreRefusedAtOnce() {
    Person here = TOWN.join("charity");
    Person there = TOWN.signIn(here.email(), here.password(), "another-device");
    JsonNode sessions = SHARED.get(API + "/sessions", here.token()).orFail().body().path("items");
    assertThat(sessions).hasSize(2);
    assertThat(sessions.get(0).path("current").asBoolean()).isFalse();
    assertThat(sessions.get(1).path("current").asBoolean()).isTrue();
    assertThat(sessions.get(0).has("startedAt")).isTrue();
    assertThat(sessions.toString()).doesNotContain("another-device").doesNotContain("127.0.0.1");

    String other = API + "/sessions/" + sessions.get(0).path("id").asText();
    assertThat(send(SHARED, "DELETE", other, here.token(), null).status()).isEqualTo(204);
    assertThat(SHARED.get(API + "/me", there.token()).status()).isEqualTo(401);
    assertThat(SHARED.get(API + "/me", here.token()).status()).isEqualTo(200);
    assertThat(send(SHARED, "DELETE", other, here.token(), null).status()).isEqualTo(404);

    assertThat(send(SHARED, "DELETE", API + "/sessions", here.token(), null).status())
        .isEqualTo(204);
    assertThat(SHARED.get(API + "/me", here.token()).status()).isEqualTo(401);
  }

  @Test
  void anAdministratorEndsAllSessionsOfAParty() {
    Person civilian = TOWN.join("civilian");
    String all = API + "/sessions?userId=" + civilian.userId();
    assertThat(send(SHARED, "DELETE", all, TOWN.demoToken("officer"), null).status())
        .isEqualTo(403);
    assertThat(send(SHARED, "DELETE", all, TOWN.demoToken("admin"), null).status()).isEqualTo(204);
    assertThat(SHARED.get(API + "/me", civilian.token()).status()).isEqualTo(401);
  }

  @Test
  void aPasswordKnownFromBreachesIsRefusedWhereverOneIsSet() {
    JsonNode desk = SHARED.get(API + "/demo/evidence?kind=civilian", null).orFail().body();
    Answer applied =
        TOWN.apply(
            "civilian",
            desk.path("email").asText(),
            "P@ssw0rd2026",
            "Ada",
            "30301",
            "device",
            desk.path("evidence"));
    requireBreached(applied);

    Person civilian = TOWN.join("civilian");
    Answer asked =
        send(SHARED, "POST", API + "/password-resets", null, Map.of("email", civilian.email()))
            .orFail();
    String confirmation =
        API + "/password-resets/" + asked.body().path("id").asText() + "/confirmation";
    String code = TOWN.code(civilian.email());
    requireBreached(
        send(SHARED, "POST", confirmation, null, Map.of("code", code, "password", "iloveyou1")));
    // The code is still good for a better one.
    assertThat(
            send(
                    SHARED,
                    "POST",
                    confirmation,
                    null,
                    Map.of("code", code, "password", "a river of gravel"))
                .status())
        .isEqualTo(204);
    assertThat(SHARED.get(API + "/me", civilian.token()).status()).isEqualTo(401);

    Person again = TOWN.signIn(civilian.email(), "a river of gravel", civilian.deviceId());
    String changes = API + "/password-changes";
    requireBreached(change(changes, again, "a river of gravel", "Password1"));
    assertThat(change(changes, again, "a wrong one", "gravel of a river").status()).isEqualTo(400);
    assertThat(change(changes, again, "a river of gravel", "gravel of a river").status())
        .isEqualTo(204);
    assertThat(SHARED.get(API + "/me", again.token()).status()).isEqualTo(200);
  }

  @Test
  void aRefreshTokenIsNoAccessTokenAndStolenOnesEndTheSession() {
    Person civilian = TOWN.join("civilian");
    JsonNode session =
        send(
                SHARED,
                "POST",
                API + "/sessions",
                null,
                Map.of(
                    "email", civilian.email(),
                    "password", civilian.password(),
                    "deviceId", civilian.deviceId()))
            .orFail()
            .body();
    Map<String, String> refresh = Map.of("refreshToken", session.path("refreshToken").asText());
    assertThat(SHARED.get(API + "/me", refresh.get("refreshToken")).status()).isEqualTo(401);

    JsonNode next = send(SHARED, "POST", API + "/sessions/refresh", null, refresh).orFail().body();
    assertThat(SHARED.get(API + "/me", next.path("accessToken").asText()).status()).isEqualTo(200);
    assertThat(send(SHARED, "POST", API + "/sessions/refresh", null, refresh).status())
        .isEqualTo(401);
    assertThat(SHARED.get(API + "/me", next.path("accessToken").asText()).status()).isEqualTo(401);
    assertThat(SHARED.get(API + "/me", session.path("accessToken").asText()).status())
        .isEqualTo(401);
  }

  @Test
  void anyIssuerThatTheOperatorNamesIsAccepted(@TempDir Path home) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair key = generator.generateKeyPair();
    HttpServer issuer = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    String address = "http://127.0.0.1:" + issuer.getAddress().getPort();
    publish(
        issuer,
        "/.well-known/openid-configuration",
        Map.of("issuer", address, "jwks_uri", address + "/keys"));
    publish(issuer, "/keys", Map.of("keys", List.of(jwk(key))));
    issuer.start();
    Map<String, String> settings =
        Map.of(
            "HEYBLUE_SECURITY_OIDC_TOWN_ISSUER",
            address,
            "HEYBLUE_SECURITY_OIDC_TOWN_AUDIENCE",
            "heyblue-api");
    try (RunningServer server =
        RunningServer.start(home, RunningServer.freePort(), settings).awaitReady()) {
      Townspeople town = new Townspeople(server.api());
      Person charity = town.join("charity");
      Person civilian = town.join("civilian");
      String me = API + "/me";

      String token = token(key, address, "sub-1", charity.email());
      Answer own = server.api().get(me, token).orFail();
      assertThat(own.body().path("userId").asText()).isEqualTo(charity.userId());
      assertThat(server.api().get(me, token(key, address, "sub-1", null)).status()).isEqualTo(200);
      assertThat(problem(server.api().get(me, token(key, address, "sub-9", null))))
          .isEqualTo("403 /problems/not-linked");
      String civilians = token(key, address, "sub-2", civilian.email());
      assertThat(problem(server.api().get(me, civilians))).isEqualTo("403 /problems/other-device");
      assertThat(
              server
                  .api()
                  .send("GET", me, civilians, null, Map.of("Device-Id", civilian.deviceId()))
                  .status())
          .isEqualTo(200);
      KeyPair evil = generator.generateKeyPair();
      assertThat(problem(server.api().get(me, token(evil, address, "sub-1", null))))
          .isEqualTo("401 /problems/unauthenticated");

      assertThat(send(server.api(), "DELETE", API + "/sessions/current", token, null).status())
          .isEqualTo(204);
      assertThat(server.api().get(me, token).status()).isEqualTo(401);
    } finally {
      issuer.stop(0);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void publish(HttpServer server, String path, Object document) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = Json.mapper().writeValueAsBytes(document);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static Map<String, String> jwk(KeyPair key) {
    RSAPublicKey open = (RSAPublicKey) key.getPublic();
    return Map.of(
        "kty", "RSA",
        "kid", "one",
        "use", "sig",
        "alg", "RS256",
        "n", base64(open.getModulus().toByteArray()),
        "e", base64(open.getPublicExponent().toByteArray()));
  }

  private static String token(
      KeyPair key, String issuer, String subject, @Nullable String verifiedEmail) throws Exception {
    // The test's own clock: the server's tokens are checked against the time of day.
    long now = Instant.now().getEpochSecond();
    String email =
        verifiedEmail == null
            ? ""
            : ",\"email\":\"%s\",\"email_verified\":true".formatted(verifiedEmail);
    String input =
        base64("{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"at+jwt\"}".getBytes(utf8()))
            + "."
            + base64(
                ("{\"iss\":\"%s\",\"aud\":\"heyblue-api\",\"sub\":\"%s\",\"sid\":\"s-%s\","
                        + "\"iat\":%d,\"exp\":%d%s}")
                    .formatted(issuer, subject, subject, now, now + 600, email)
                    .getBytes(utf8()));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.getPrivate());
    signature.update(input.getBytes(utf8()));
    return input + "." + base64(signature.sign());
  }

  private static java.nio.charset.Charset utf8() {
    return StandardCharsets.UTF_8;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.body().path("type").asText();
  }

  private static Answer change(String path, Person person, String current, String next) {
    return send(
        SHARED, "POST", path, person.token(), Map.of("currentPassword", current, "password", next));
  }

  private static void requireBreached(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
    assertThat(answer.body().path("errors").get(0).path("pointer").asText()).isEqualTo("/password");
    assertThat(answer.body().path("detail").asText()).contains("breaches");
  }

  private static Answer send(
      ApiClient api, String method, String path, @Nullable String token, @Nullable Object body) {
    return api.send(method, path, token, body, Map.of());
  }
}
