package app.heyblue.simulator.people;

import app.heyblue.simulator.SimulationFailure;
import app.heyblue.simulator.people.Api.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Finds the people of the demo town, and has more join as anybody would. */
public final class Town {
  private static final String DEVICE = "simulator";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 4;

  private final Api api;
  private final RandomGenerator secrets;

  /**
   * A town on a server.
   *
   * @param secrets must be unguessable: passwords and the names of devices come from it
   */
  public Town(Api api, RandomGenerator secrets) {
    this.api = api;
    this.secrets = secrets;
  }

  /**
   * So many people: those of the demo town first.
   *
   * @param joined is run for each who joined
   * @throws SimulationFailure where the server is away, has no demo data, or somebody can't join
   */
  public List<Person> people(boolean officers, int count, Runnable joined) {
    List<Person> people = new ArrayList<>();
    for (JsonNode person : demoPeople()) {
      if (person.path("kind").asText().equals(kind(officers)) && people.size() < count) {
        people.add(
            new Person(
                officers,
                "/demo/sessions",
                Map.of("userId", person.path("userId").asText(), "deviceId", DEVICE)));
        joined.run();
      }
    }
    people.addAll(join(officers, count - people.size(), joined));
    return people;
  }

  private JsonNode demoPeople() {
    Answer people = api.get("/demo/people", null);
    if (people.status() == 0) {
      throw new SimulationFailure(
          "No HeyBlue answers there. Start it in another terminal: ./heyblue run");
    }
    if (!people.isSuccess()) {
      throw new SimulationFailure(
          "This server has no demo data, and nobody else is moved about. Start one with them:"
              + " ./heyblue run in a new HEYBLUE_HOME");
    }
    return people.body().path("items");
  }

  private List<Person> join(boolean officers, int count, Runnable joined) {
    if (count <= 0) {
      return List.of();
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Person>> joining =
          Collections.nCopies(count, officers).stream()
              .map(officer -> threads.submit(() -> join(officer, joined)))
              .toList();
      List<Person> people = new ArrayList<>();
      try {
        for (Future<Person> one : joining) {
          people.add(one.get());
        }
      } catch (ExecutionException | InterruptedException e) {
        threads.shutdownNow();
        if (e.getCause() instanceof SimulationFailure failure) {
          throw failure;
        }
        throw new SimulationFailure("Not everybody could join: " + e.getMessage());
      }
      return people;
    }
  }

  private Person join(boolean officer, Runnable joined) {
    JsonNode desk = need(api.get("/demo/evidence?kind=" + kind(officer), null));
    String email = desk.path("email").asText();
    String device = "simulator-" + secret();
    String password = "moving about " + secret();
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("kind", kind(officer));
    form.put("email", email);
    form.put("password", password);
    form.put("displayName", desk.path("displayName").asText());
    form.put("zip", desk.path("zip").asText());
    form.put("deviceId", device);
    form.put("evidence", desk.path("evidence"));
    String own =
        "/onboarding/applications/"
            + need(patiently("/onboarding/applications", form)).path("id").asText();
    JsonNode mail = need(api.get("/demo/mailbox?email=" + email, null));
    Map<String, String> code = Map.of("code", mail.path("items").path(0).path("code").asText());
    need(api.post(own + "/email-confirmation", null, code));
    awaitActive(own);
    joined.run();
    return new Person(
        officer, "/sessions", Map.of("email", email, "password", password, "deviceId", device));
  }

  private void awaitActive(String application) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String status = "verifying";
    while (status.equals("verifying") && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      status = need(api.get(application, null)).path("status").asText();
    }
    if (!status.equals("active")) {
      throw new SimulationFailure("Somebody couldn't join: the application is " + status + ".");
    }
  }

  /** Again where the server is busy with others' passwords. */
  private Answer patiently(String path, Object body) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = api.post(path, null, body);
    while (answer.status() == 503 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      answer = api.post(path, null, body);
    }
    return answer;
  }

  private static JsonNode need(Answer answer) {
    if (!answer.isSuccess()) {
      throw new SimulationFailure("Somebody couldn't join: " + answer.sentence());
    }
    return answer.body();
  }

  private String secret() {
    byte[] bytes = new byte[12];
    secrets.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String kind(boolean officers) {
    return officers ? "officer" : "civilian";
  }
}
