package app.heyblue.testing.town;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** People and points, made through the public API of a server with demo data. */
public final class Townspeople {
  public static final String PATH = "/api/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 4;

  private final Api api;

  public Townspeople(Api api) {
    this.api = api;
  }

  /** A token of the demo town's first person of a kind, such as {@code admin}. */
  public String demoToken(String kind) {
    return api.post(
            PATH + "/demo/sessions", null, Map.of("userId", demoId(kind), "deviceId", "siege"))
        .orFail()
        .path("accessToken")
        .asText();
  }

  /** The id of the demo town's first person of a kind. */
  public String demoId(String kind) {
    for (JsonNode person : api.get(PATH + "/demo/people", null).orFail().path("items")) {
      if (person.path("kind").asText().equals(kind)) {
        return person.path("userId").asText();
      }
    }
    throw new IllegalStateException("nobody in the demo town is a " + kind);
  }

  /** Joins by the demo desk's evidence: a civilian, an officer, a charity or a family. */
  public Person join(String kind) {
    JsonNode desk = api.get(PATH + "/demo/evidence?kind=" + kind, null).orFail();
    String email = desk.path("email").asText();
    String password = "correct horse " + UUID.randomUUID();
    String device = "device-" + UUID.randomUUID();
    Map<String, Object> application = new LinkedHashMap<>();
    application.put("kind", kind);
    application.put("email", email);
    application.put("password", password);
    application.put("displayName", desk.path("displayName").asText());
    application.put("zip", desk.path("zip").asText());
    application.put("deviceId", device);
    application.put("evidence", desk.path("evidence"));
    JsonNode made = api.post(PATH + "/onboarding/applications", null, application).orFail();
    String own = PATH + "/onboarding/applications/" + made.path("id").asText();
    api.post(own + "/email-confirmation", null, Map.of("code", code(email))).orFail();
    JsonNode done = await(own, null, body -> !body.path("status").asText().equals("verifying"));
    if (!done.path("status").asText().equals("active")) {
      throw new IllegalStateException("the application is " + done);
    }
    return signIn(new Person("", "", email, password, device));
  }

  /** Many people of a kind, several at once. */
  public List<Person> join(String kind, int count) {
    return allAtOnce(count, number -> join(kind));
  }

  /** The same person with a fresh token. */
  public Person signIn(Person person) {
    JsonNode session =
        api.post(
                PATH + "/sessions",
                null,
                Map.of(
                    "email", person.email(),
                    "password", person.password(),
                    "deviceId", person.deviceId()))
            .orFail();
    return new Person(
        session.path("userId").asText(),
        session.path("accessToken").asText(),
        person.email(),
        person.password(),
        person.deviceId());
  }

  /** Has any two who meet paid that much each from now on, as often as they meet. */
  public void payForMeetings(String admin, long points) {
    activate(
        admin,
        "encounter",
        Map.of(
            "civilianPoints", String.valueOf(points),
            "officerPoints", String.valueOf(points)));
  }

  /** Makes a rule that decides always, without limits, and activates it. */
  public void activate(String admin, String kind, Map<String, String> then) {
    JsonNode rule =
        api.post(
                PATH + "/rules",
                admin,
                Map.of(
                    "name",
                    "Always, for " + kind,
                    "kind",
                    kind,
                    "when",
                    "true",
                    "then",
                    then,
                    "priority",
                    1000))
            .orFail();
    api.post(PATH + "/rules/" + rule.path("id").asText() + "/activation", admin, Map.of()).orFail();
  }

  /** A civilian's fresh code. */
  public String qrToken(Person civilian) {
    return api.post(PATH + "/qr-codes", civilian.token(), Map.of()).orFail().path("token").asText();
  }

  /** An officer scans a civilian's code. */
  public Answer scan(Person officer, String qrToken, String key) {
    return api.post(PATH + "/encounters/scans", officer.token(), Map.of("token", qrToken), key);
  }

  /** A donation or a giveaway. */
  public Answer give(Person giver, String kind, String to, long points, String key) {
    return api.post(
        PATH + "/transactions",
        giver.token(),
        Map.of("kind", kind, "to", to, "points", points),
        key);
  }

  /** Pairs of a civilian and an officer meet once each, so that all have points. */
  public void meet(List<Person> civilians, List<Person> officers) {
    allAtOnce(
        Math.max(civilians.size(), officers.size()),
        number ->
            scan(
                    officers.get(number % officers.size()),
                    qrToken(civilians.get(number % civilians.size())),
                    "meet-" + UUID.randomUUID())
                .orFail());
  }

  public long balance(Person person) {
    return api.get(PATH + "/balances/me", person.token()).orFail().path("points").asLong();
  }

  /** Reads until the answer is as wanted. */
  public JsonNode await(String path, @Nullable String token, Predicate<JsonNode> until) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode body = api.get(path, token).orFail();
    while (!until.test(body)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(path + " stayed " + body);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      body = api.get(path, token).orFail();
    }
    return body;
  }

  private String code(String email) {
    return api.get(PATH + "/demo/mailbox?email=" + email, null)
        .orFail()
        .path("items")
        .path(0)
        .path("code")
        .asText();
  }

  private interface Numbered<T> {
    T work(int number);
  }

  private static <T> List<T> allAtOnce(int count, Numbered<T> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<T>> under = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        under.add(threads.submit(() -> work.work(number)));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> one : under) {
        done.add(one.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
