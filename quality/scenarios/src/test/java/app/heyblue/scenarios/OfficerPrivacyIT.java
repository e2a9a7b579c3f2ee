package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where officers are, in a server that is asked to tell all it can. */
class OfficerPrivacyIT {
  private static final int OFFICERS = 8;
  private static final int TICK = 30;
  private static final int SIXTEEN_MINUTES = 16 * 60;

  @TempDir Path folder = Path.of("");
  private final Random random = new Random();
  private final StringBuilder wire = new StringBuilder();
  private long ahead;

  @Test
  void anOfficersCoordinatesAreNowhereOnDiskOrWireNorInMemorySixteenMinutesLater()
      throws Exception {
    Path home = folder.resolve("home");
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    List<double[]> places = new ArrayList<>();
    List<double[]> planted = List.of(place(), place(), place());
    Needles leaks;
    String log;
    try (RunningServer server =
        RunningServer.startWithSetClock(
                home,
                RunningServer.freePort(),
                Map.of(
                    "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary.toAbsolutePath(),
                    "HEYBLUE_LOG", "json",
                    "QUARKUS_LOG_LEVEL", "DEBUG",
                    "QUARKUS_LOG_CATEGORY__APP_HEYBLUE__LEVEL", "TRACE",
                    "QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL", "TRACE"))
            .awaitReady()) {
      Townspeople town = new Townspeople(server.api());
      List<Person> officers = new ArrayList<>();
      for (int i = 0; i < OFFICERS; i++) {
        officers.add(town.join("officer"));
        tell(town.api(), "PUT", "/sharing", officers.getLast().token(), Map.of("on", true));
      }
      meet(server, town, officers, places);
      sendAtOnce(town, officers, places);
      leaks = Needles.of(places);
      // Now they share, and the search finds them: it would find them later.
      assertThat(leaks.find(dump(server, "sharing"))).isNotEmpty();

      jump(server, SIXTEEN_MINUTES);
      for (int i = 0; i < OFFICERS; i++) {
        Person officer = officers.get(i);
        officers.set(i, town.signIn(officer.email(), officer.password(), officer.deviceId()));
        town.await(API + "/sharing", officers.get(i).token(), body -> !body.path("on").asBoolean());
      }
      plant(town, planted);
      readEverything(town);
      awaitForgotten(server, leaks);
      assertThat(Needles.of(planted).find(wire.toString())).isNotEmpty();
      assertThat(leaks.find(wire.toString())).isEmpty();
      log = server.output();
    }

    assertThat(leaks.find(log)).isEmpty();
    assertThat(leaks.findBelow(home)).isEmpty();
    assertThat(leaks.findBelow(temporary)).isEmpty();
    // What was planted is found in a table and in the log of the database that writes ahead.
    assertThat(Needles.of(planted).findBelow(home).keySet())
        .anyMatch(file -> file.contains("pg_wal"))
        .anyMatch(file -> file.contains("base"));
  }

  /** Officers move, one of them meets a civilian, and some send what can't be read. */
  private void meet(
      RunningServer server, Townspeople town, List<Person> officers, List<double[]> places)
      throws Exception {
    Person civilian = town.join("civilian");
    double[] corner = place();
    try (LiveSocket told = LiveSocket.of(server, civilian.token());
        LiveSocket asked = LiveSocket.of(server, officers.getFirst().token())) {
      for (int round = 0; round < 3; round++) {
        for (Person officer : officers) {
          double[] place =
              officer.equals(officers.getFirst())
                  ? new double[] {corner[0] + random.nextDouble() * 1e-4, corner[1]}
                  : place();
          places.add(place);
          if (officer.equals(officers.getFirst())) {
            asked.say(Map.of("positions", List.of(position(place))));
          } else {
            sendPosition(town, officer, place);
          }
        }
        // Further ones would close the socket.
        sendNonsense(town, asked, officers.get(round), places.getLast());
        sendPosition(town, civilian, new double[] {corner[0] + 2e-4, corner[1] + 2e-4});
        jump(server, TICK + 1);
      }
      sendPosition(town, civilian, new double[] {corner[0] + 2e-4, corner[1] + 2e-4});
      JsonNode near = told.await("officerNearby");
      JsonNode list =
          town.await(API + "/nearby", civilian.token(), body -> !body.path("items").isEmpty());
      wire.append(near).append(list);
      double[] place = new double[] {corner[0] + random.nextDouble() * 1e-4, corner[1]};
      places.add(place);
      sendPosition(town, officers.getFirst(), place);
      String reference = list.path("items").path(0).path("officerRef").asText();
      tell(town.api(), "POST", "/encounters", civilian.token(), Map.of("officerRef", reference));
      String id = asked.await("encounterRequested").path("id").asText();
      Answer met =
          tell(
              town.api(),
              "POST",
              "/encounters/" + id + "/acceptance",
              officers.getFirst().token(),
              Map.of());
      assertThat(met.status()).isEqualTo(201);
      wire.append(told.await("encounterConfirmed")).append(asked.await("encounterConfirmed"));
    }
  }

  private void sendPosition(Townspeople town, Person who, double[] place) {
    Answer answer =
        tell(
            town.api(),
            "POST",
            "/positions",
            who.token(),
            Map.of("positions", List.of(position(place))));
    assertThat(answer.status()).isEqualTo(202);
  }

  /** As many requests as there are officers, each on a thread of the server's own. */
  private void sendAtOnce(Townspeople town, List<Person> officers, List<double[]> places)
      throws Exception {
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (Person officer : officers) {
        double[] place = place();
        places.add(place);
        Map<String, Object> body = Map.of("positions", List.of(position(place)));
        answers.add(
            crowd.submit(
                () ->
                    town.api()
                        .send("POST", API + "/positions", officer.token(), body, Map.of())
                        .status()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(202);
      }
    }
  }

  /** Waits for the server's idle threads to end, each of which holds its last request. */
  private void awaitForgotten(RunningServer server, Needles leaks) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Set<String> found = leaks.find(dump(server, "after"));
    for (int i = 0; !found.isEmpty() && System.nanoTime() < deadline; i++) {
      found = leaks.find(dump(server, "after" + i));
    }
    assertThat(found).isEmpty();
  }

  /** Places in requests that are refused, one way or another. */
  private void sendNonsense(Townspeople town, LiveSocket socket, Person officer, double[] place) {
    Map<String, Object> good = position(place);
    for (Object bad :
        List.of(
            Map.of("positions", List.of(good, Map.of("latitude", place[0], "longitude", "x"))),
            Map.of("positions", List.of(with(good, "longitude", 1000 + place[1]))),
            Map.of("positions", List.of(with(good, "altitude", place[0]))),
            Map.of("positions", String.valueOf(place[0])),
            Map.of("places", List.of(good)))) {
      assertThat(tell(town.api(), "POST", "/positions", officer.token(), bad).status())
          .isEqualTo(400);
      socket.say(bad);
    }
    assertThat(socket.isOpen()).isTrue();
    socket.sayText("{\"positions\": [{\"latitude\": " + place[0] + place[1]);
  }

  private static Map<String, Object> with(Map<String, Object> position, String name, Object value) {
    Map<String, Object> other = new java.util.LinkedHashMap<>(position);
    other.put(name, value);
    return other;
  }

  private Map<String, Object> position(double[] place) {
    return Map.of(
        "latitude",
        place[0],
        "longitude",
        place[1],
        "accuracyMeters",
        4,
        "at",
        Instant.now().plusSeconds(ahead).toString());
  }

  /** Somewhere in a town of 20 km, to a tenth of a micrometre. */
  private double[] place() {
    return new double[] {
      40.6 + Math.round(random.nextDouble() * 2e11) / 1e12,
      -74.1 + Math.round(random.nextDouble() * 2e11) / 1e12
    };
  }

  private Answer tell(
      app.heyblue.server.ApiClient api, String method, String path, String token, Object body) {
    Answer answer = api.send(method, API + path, token, body, Map.of());
    wire.append(answer.response().headers().map()).append(answer.body()).append('\n');
    return answer;
  }

  private void jump(RunningServer server, long seconds) {
    ahead += seconds;
    server.setClockAhead(ahead);
  }

  /** Puts places where they don't belong: into a rule, which is kept and told in clear. */
  private void plant(Townspeople town, List<double[]> places) {
    String admin = town.demoToken("admin");
    for (double[] place : places) {
      Answer made =
          tell(
              town.api(),
              "POST",
              "/rules",
              admin,
              Map.of(
                  "name",
                  "planted",
                  "kind",
                  "donation",
                  "when",
                  "%.9f > %.9f".formatted(place[0], place[1]),
                  "then",
                  Map.of("allowed", "true"),
                  "priority",
                  1));
      assertThat(made.status()).isEqualTo(201);
    }
  }

  /** Everything that the operator can ask for. */
  private void readEverything(Townspeople town) {
    String admin = town.demoToken("admin");
    for (String path :
        List.of(
            "/streams/users/events?limit=200",
            "/streams/transactions/events?limit=200",
            "/streams/users/consumers",
            "/audit?limit=200",
            "/rules",
            "/ledger/proof")) {
      wire.append(town.get(API + path, admin).orFail().body());
    }
    wire.append(town.get("/metrics", null).response().body());
  }

  /** What is alive in the server's heap. */
  private Path dump(RunningServer server, String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".hprof").toAbsolutePath();
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(server.process().pid()),
                "GC.heap_dump",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(file).as(said).isNotEmptyFile();
    return file;
  }
}
