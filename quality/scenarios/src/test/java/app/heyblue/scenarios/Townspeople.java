package app.heyblue.scenarios;

import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** People and organisations for a story, made through the public API. */
final class Townspeople {
  static final String API = "/api/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ApiClient api;

  Townspeople(ApiClient api) {
    this.api = api;
  }

  ApiClient api() {
    return api;
  }

  /** Somebody who can act. */
  record Person(String userId, String token, String email, String password, String deviceId) {}

  /** A token of the demo town's person of a kind. */
  String demoToken(String kind) {
    for (JsonNode person : api.get(API + "/demo/people", null).orFail().body().path("items")) {
      if (person.path("kind").asText().equals(kind)) {
        return api.send(
                "POST",
                API + "/demo/sessions",
                null,
                Map.of("userId", person.path("userId").asText(), "deviceId", "scenario"),
                Map.of())
            .orFail()
            .body()
            .path("accessToken")
            .asText();
      }
    }
    throw new AssertionError("nobody in the demo town is a " + kind);
  }

  /** Joins with evidence of the demo desk, through mail, validators and sign-in. */
  Person join(String kind) {
    JsonNode desk = api.get(API + "/demo/evidence?kind=" + kind, null).orFail().body();
    return join(
        kind,
        desk.path("email").asText(),
        desk.path("displayName").asText(),
        desk.path("zip").asText(),
        desk.path("evidence"));
  }

  /** Joins with evidence of the story's own. */
  Person join(String kind, String email, String displayName, String zip, JsonNode evidence) {
    String password = "correct horse " + UUID.randomUUID();
    String device = "device-" + UUID.randomUUID();
    Answer made = apply(kind, email, password, displayName, zip, device, evidence);
    String own = API + "/onboarding/applications/" + made.orFail().body().path("id").asText();
    post(own + "/email-confirmation", null, Map.of("code", code(email))).orFail();
    JsonNode done = await(own, null, body -> !body.path("status").asText().equals("verifying"));
    if (!done.path("status").asText().equals("active")) {
      throw new AssertionError("the application is " + done);
    }
    return signIn(email, password, device);
  }

  /** An administrator whom the operator makes, where there are no demo data. */
  Person admin(RunningServer server) throws IOException {
    String email = "admin@example.org";
    String password = "correct horse battery";
    String operator = Files.readString(server.home().resolve("run/operator.token")).strip();
    post(
            API + "/operator/admins",
            operator,
            Map.of("email", email, "password", password, "displayName", "Administrator"))
        .orFail();
    return signIn(email, password, "here");
  }

  Answer apply(
      String kind,
      String email,
      String password,
      String displayName,
      String zip,
      String device,
      JsonNode evidence) {
    Map<String, Object> application = new LinkedHashMap<>();
    application.put("kind", kind);
    application.put("email", email);
    application.put("password", password);
    application.put("displayName", displayName);
    application.put("zip", zip);
    application.put("deviceId", device);
    application.put("evidence", evidence);
    return post(API + "/onboarding/applications", null, application);
  }

  Person signIn(String email, String password, String device) {
    JsonNode session =
        post(
                API + "/sessions",
                null,
                Map.of("email", email, "password", password, "deviceId", device))
            .orFail()
            .body();
    return new Person(
        session.path("userId").asText(),
        session.path("accessToken").asText(),
        email,
        password,
        device);
  }

  /** The newest code that was mailed to an address. */
  String code(String email) {
    return api.get(API + "/demo/mailbox?email=" + email, null)
        .orFail()
        .body()
        .path("items")
        .path(0)
        .path("code")
        .asText();
  }

  String qrToken(Person civilian) {
    return post(API + "/qr-codes", civilian.token(), Map.of())
        .orFail()
        .body()
        .path("token")
        .asText();
  }

  Answer scan(Person officer, String qrToken, String idempotencyKey) {
    return api.send(
        "POST",
        API + "/encounters/scans",
        officer.token(),
        Map.of("token", qrToken),
        Map.of("Idempotency-Key", idempotencyKey));
  }

  Answer give(Person giver, String kind, String to, long points, String idempotencyKey) {
    return api.send(
        "POST",
        API + "/transactions",
        giver.token(),
        Map.of("kind", kind, "to", to, "points", points),
        Map.of("Idempotency-Key", idempotencyKey));
  }

  long balance(Person person) {
    return api.get(API + "/balances/me", person.token()).orFail().body().path("points").asLong();
  }

  /** A POST with an idempotency key. */
  Answer send(String path, String token, Object body, String key) {
    return api.send("POST", path, token, body, Map.of("Idempotency-Key", key));
  }

  Answer get(String path, @Nullable String token) {
    return api.get(path, token);
  }

  Answer post(String path, @Nullable String token, Object body) {
    return api.send("POST", path, token, body, Map.of());
  }

  /** Reads until the answer is as wanted. */
  JsonNode await(String path, @Nullable String token, Predicate<JsonNode> until) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode body = api.get(path, token).orFail().body();
    while (!until.test(body)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(path + " stayed " + body);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      body = api.get(path, token).orFail().body();
    }
    return body;
  }
}
