package app.heyblue.server.tour;

import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The main job, from sign-up to reward: a civilian, an officer and a charity join, the two meet,
 * both earn by the rules, and the civilian gives. It makes its own people, so it can be walked
 * again and again.
 */
final class Tour {
  private static final String API = "/api/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Narrator tell;
  private final String run =
      HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong()).substring(0, 10);

  Tour(Narrator tell) {
    this.tell = tell;
  }

  /** Somebody who joined during this tour. */
  private record Person(String userId, String token) {}

  void walk() {
    String admin = adminToken();
    Person civilian = join("civilian", "A civilian signs up");
    Person officer = join("officer", "An officer signs up; the agency's roster vouches");
    Person charity = join("charity", "A charity signs up; the IRS catalog vouches");
    readRules(admin);
    String code = showCode(civilian);
    scan(officer, code);
    replay(officer, code);
    checkBalances(civilian, officer);
    donate(civilian, charity);
    readModel(civilian, officer, charity);
    streams(admin);
    prove(admin);
  }

  private String adminToken() {
    tell.chapter("The demo town is there, and an administrator looks after it");
    tell.require(
        tell.get("/health/ready", null).isSuccess(), "the server says that it isn't ready yet.");
    Answer people = tell.get(API + "/demo/people", null);
    tell.require(
        people.isSuccess(),
        "this server has no demo data. Start one with them: ./heyblue run in a new HEYBLUE_HOME");
    for (JsonNode person : people.body().path("items")) {
      if (person.path("kind").asText().equals("admin")) {
        return tell.post(
                API + "/demo/sessions",
                null,
                Map.of("userId", person.path("userId").asText(), "deviceId", "tour"))
            .orFail()
            .body()
            .path("accessToken")
            .asText();
      }
    }
    throw new IllegalStateException("the demo town has no administrator");
  }

  private Person join(String kind, String title) {
    tell.chapter(title);
    JsonNode desk = tell.get(API + "/demo/evidence?kind=" + kind, null).orFail().body();
    String email = desk.path("email").asText();
    String device = "tour-" + kind + "-" + run;
    String password = "walk the tour " + run;
    Map<String, Object> application = new LinkedHashMap<>();
    application.put("kind", kind);
    application.put("email", email);
    application.put("password", password);
    application.put("displayName", desk.path("displayName").asText());
    application.put("zip", desk.path("zip").asText());
    application.put("deviceId", device);
    application.put("evidence", desk.path("evidence"));
    JsonNode made = tell.post(API + "/onboarding/applications", null, application).orFail().body();
    String own = API + "/onboarding/applications/" + made.path("id").asText();
    String code =
        tell.get(API + "/demo/mailbox?email=" + email, null)
            .orFail()
            .body()
            .path("items")
            .path(0)
            .path("code")
            .asText();
    tell.note("The mail says: your code is @|bold %s|@", code);
    tell.post(own + "/email-confirmation", null, Map.of("code", code)).orFail();
    JsonNode active = await(own, null, body -> !body.path("status").asText().equals("verifying"));
    tell.require(
        active.path("status").asText().equals("active"),
        "the application is " + active.path("status").asText() + ": " + active.path("reason"));
    JsonNode session =
        tell.post(
                API + "/sessions",
                null,
                Map.of("email", email, "password", password, "deviceId", device))
            .orFail()
            .body();
    tell.done("%s is active and signed in.", desk.path("displayName").asText());
    return new Person(session.path("userId").asText(), session.path("accessToken").asText());
  }

  private void readRules(String admin) {
    tell.chapter("What a meeting pays is a rule that the operator edits, not code");
    JsonNode rules =
        tell.get(API + "/rules?kind=encounter&status=active", admin).orFail().body().path("items");
    for (JsonNode rule : rules) {
      tell.note(
          "@|bold %s|@: when %s → civilian %s, officer %s",
          rule.path("name").asText(),
          rule.path("when").asText(),
          rule.path("then").path("civilianPoints").asText(),
          rule.path("then").path("officerPoints").asText());
    }
    tell.require(!rules.isEmpty(), "no encounter rule is active.");
  }

  private String showCode(Person civilian) {
    tell.chapter("They meet. The civilian shows a QR code: signed, good for 60 seconds");
    JsonNode code = tell.post(API + "/qr-codes", civilian.token(), Map.of()).orFail().body();
    tell.done(
        "A code until %s; its PNG has %d characters of base64.",
        code.path("expiresAt").asText(), code.path("png").asText().length());
    return code.path("token").asText();
  }

  private void scan(Person officer, String code) {
    tell.chapter("The officer scans it");
    JsonNode encounter =
        tell.post(
                API + "/encounters/scans",
                officer.token(),
                Map.of("token", code),
                "tour-scan-" + run)
            .orFail()
            .body();
    tell.done(
        "Confirmed: %d points for the civilian, %d for the officer.",
        encounter.path("points").path("civilian").asLong(),
        encounter.path("points").path("officer").asLong());
    tell.note("“%s”", encounter.path("quote").asText());
  }

  private void replay(Person officer, String code) {
    tell.chapter("The same code again: each works once");
    Answer again =
        tell.post(
            API + "/encounters/scans", officer.token(), Map.of("token", code), "tour-again-" + run);
    tell.require(!again.isSuccess(), "a used code was accepted.");
    tell.done("Refused: %s", again.body().path("detail").asText());
  }

  private void checkBalances(Person civilian, Person officer) {
    tell.chapter("Both have their points");
    tell.done("The civilian has %d.", balance(civilian));
    tell.done("The officer has %d.", balance(officer));
  }

  private long balance(Person person) {
    return tell.get(API + "/balances/me", person.token()).orFail().body().path("points").asLong();
  }

  private void donate(Person civilian, Person charity) {
    tell.chapter("The civilian gives points to the charity");
    Map<String, Object> donation =
        Map.of(
            "kind", "donation", "to", charity.userId(), "points", 7, "message", "For the pantry");
    Answer first = tell.post(API + "/transactions", civilian.token(), donation, "tour-gift-" + run);
    JsonNode receipt = first.orFail().body();
    tell.done("%s", receipt.path("explanation").path(0).asText("Recorded."));
    Answer repeated =
        tell.post(API + "/transactions", civilian.token(), donation, "tour-gift-" + run);
    tell.require(
        repeated.body().path("id").equals(receipt.path("id")), "a retry was taken for a new gift.");
    tell.done("The same request again is answered with the same transaction: it moved once.");
    tell.require(balance(charity) == 7, "the charity should have 7 points.");
  }

  private void readModel(Person civilian, Person officer, Person charity) {
    tell.chapter("Everybody can look back");
    JsonNode met =
        await(
            API + "/users/" + civilian.userId() + "/officers-met",
            civilian.token(),
            body -> !body.path("items").isEmpty());
    tell.done("The civilian has met %d officer.", met.path("items").size());
    JsonNode received =
        await(
            API + "/users/" + charity.userId() + "/donations-received",
            charity.token(),
            body -> !body.path("items").isEmpty());
    tell.done(
        "The charity has received %d points.",
        received.path("items").path(0).path("points").asLong());
    JsonNode count =
        tell.get(API + "/users/" + officer.userId() + "/encounter-count", officer.token())
            .orFail()
            .body();
    tell.done("The officer has %d encounter.", count.path("encounters").asLong());
  }

  private void streams(String admin) {
    tell.chapter("Every fact went out on one of two streams, and every reader keeps up");
    for (String stream : new String[] {"users", "transactions"}) {
      JsonNode consumers =
          tell.get(API + "/streams/" + stream + "/consumers", admin).orFail().body();
      for (JsonNode consumer : consumers.path("items")) {
        tell.done(
            "%s is at position %d, %d behind, %d parked.",
            consumer.path("name").asText(),
            consumer.path("position").asLong(),
            consumer.path("lag").asLong(),
            consumer.path("parked").asLong());
      }
    }
  }

  private void prove(String admin) {
    tell.chapter("The ledger proves itself");
    JsonNode proof = tell.get(API + "/ledger/proof", admin).orFail().body();
    tell.require(proof.path("sum").asLong(1) == 0, "the entries don't add up to zero.");
    tell.done(
        "%d transactions of %d accounts add up to %d; head %s… at position %d.",
        proof.path("transactions").asLong(),
        proof.path("accounts").asLong(),
        proof.path("sum").asLong(),
        proof.path("headHash").asText().substring(0, 16),
        proof.path("position").asLong());
  }

  private JsonNode await(
      String path, @org.jspecify.annotations.Nullable String token, Predicate<JsonNode> until) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode body = tell.look(path, token).orFail().body();
      if (until.test(body)) {
        return tell.get(path, token).orFail().body();
      }
      tell.require(System.nanoTime() < deadline, path + " didn't come about in time.");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
