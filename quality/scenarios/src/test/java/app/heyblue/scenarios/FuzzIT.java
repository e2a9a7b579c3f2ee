package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.FuzzRequests.Case;
import app.heyblue.scenarios.FuzzRequests.Request;
import app.heyblue.scenarios.Operations.Role;
import app.heyblue.scenarios.Wire.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends generated and hostile requests to every operation of the OpenAPI document, as everybody:
 * each gets an answer below 500 and every refusal is a problem document that tells nothing of what
 * is inside; afterwards the server is well. Longer by {@code -Dheyblue.fuzz=minutes}; the same
 * values in the same order by {@code -Dheyblue.fuzz.seed}.
 */
class FuzzIT {
  private static final int WORKERS = 3;
  private static final int MOST_FAULTS = 40;
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\bat [a-z]+\\.[\\w.$]+\\(|\\w+Exception\\b|io\\.(vertx|quarkus|netty)|org\\.(jboss|postgresql|jdbi)"
              + "|com\\.fasterxml|dev\\.cel|jakarta\\.|app\\.heyblue|SQLSTATE|\\bPSQL");

  @TempDir static Path folder;

  private final ConcurrentSkipListMap<String, String> faults = new ConcurrentSkipListMap<>();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

  @Test
  void noRequestIsTooHostileForAnAnswer() throws Exception {
    long seed = Long.getLong("heyblue.fuzz.seed", System.nanoTime());
    Duration time =
        Duration.ofSeconds(
            (long) (60 * Double.parseDouble(System.getProperty("heyblue.fuzz", "1.5"))));
    System.out.printf("Fuzzing for %d s with -Dheyblue.fuzz.seed=%d%n", time.toSeconds(), seed);
    try (RunningServer server =
        RunningServer.start(folder.resolve("home"), RunningServer.freePort()).awaitReady()) {
      FuzzContract contract = new FuzzContract(document(server));
      FuzzRequests requests = new FuzzRequests(contract, new Random(seed));
      ConcurrentLinkedQueue<Case> cases = new ConcurrentLinkedQueue<>(requests.first());
      int must = cases.size();
      long end = System.nanoTime() + time.toNanos();
      AtomicInteger sent = new AtomicInteger();
      List<Thread> workers =
          java.util.stream.IntStream.range(0, WORKERS)
              .mapToObj(
                  n ->
                      Thread.ofVirtual()
                          .name("fuzz-" + n)
                          .start(() -> work(server, contract, requests, cases, sent, must, end)))
              .toList();
      for (Thread worker : workers) {
        worker.join();
      }
      System.out.printf(
          "Sent %d requests; answers: %s%n", sent.get(), new java.util.TreeMap<>(answers));
      requireWell(server);
      assertThat(faults.values()).as("seed %d", seed).isEmpty();
      assertThat(sent.get()).isGreaterThan(must);
      assertThat(server.output()).doesNotContain(" ERROR ", "\tat ");
    }
  }

  private static JsonNode document(RunningServer server) throws Exception {
    return Json.mapper()
        .readTree(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(server.address().resolve("/openapi?format=json"))
                        .build(),
                    BodyHandlers.ofString())
                .body());
  }

  private void work(
      RunningServer server,
      FuzzContract contract,
      FuzzRequests requests,
      ConcurrentLinkedQueue<Case> cases,
      AtomicInteger sent,
      int must,
      long end) {
    Townspeople town = new Townspeople(server.api());
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    try (Wire wire = new Wire(server.port())) {
      while (faults.size() < MOST_FAULTS && (System.nanoTime() < end || sent.get() < must)) {
        Case next = cases.poll();
        if (next == null) {
          synchronized (cases) {
            if (cases.isEmpty()) {
              cases.addAll(requests.hostile());
            }
          }
          continue;
        }
        Request request = next.maker().make();
        String token =
            next.role() == null
                ? null
                : tokens.computeIfAbsent(
                    next.role(), role -> town.demoToken(role.name().toLowerCase(Locale.ROOT)));
        sent.incrementAndGet();
        try {
          Reply reply = wire.exchange(request.bytes(token), request.method().equals("HEAD"));
          answers.computeIfAbsent(reply.status(), status -> new AtomicInteger()).incrementAndGet();
          String fault = fault(request, reply);
          if (fault != null) {
            report(
                next, request, fault + "\n  " + reply.headers() + "\n  " + shortened(reply.text()));
          }
          if (reply.status() < 300 && reply.header("content-type").startsWith("application/json")) {
            contract.learn(next.operation(), reply.text());
          }
          if (reply.status() == 401 && next.role() != null || ends(request, reply)) {
            tokens.clear(); // its session may have been ended by another case
          }
        } catch (IOException e) {
          report(next, request, e.toString());
          wire.close();
        }
      }
    } catch (RuntimeException e) {
      faults.put("the fuzzer itself", String.valueOf(e));
      throw e;
    }
  }

  private static boolean ends(Request request, Reply reply) {
    return reply.status() < 300 && request.method().equals("DELETE");
  }

  private void report(Case next, Request request, String fault) {
    String kind = next.operation() + " " + fault.lines().findFirst().orElse("");
    faults.putIfAbsent(
        kind,
        "%s as %s with %s: %s%n  %s"
            .formatted(next.operation(), next.role(), shortened(next.what()), fault, request));
  }

  private static String shortened(String text) {
    return text.length() < 400 ? text : text.substring(0, 400) + "…";
  }

  private static @Nullable String fault(Request request, Reply reply)
      throws JsonProcessingException {
    int status = reply.status();
    if (status < 400) {
      return null;
    }
    if (status >= 500 && status != 503) {
      return "answered " + status;
    }
    if (!reply.header("content-type").equals("application/problem+json")) {
      return status + " isn't a problem document but '" + reply.header("content-type") + "'";
    }
    if (request.method().equals("HEAD")) {
      return null;
    }
    JsonNode problem = Json.mapper().readTree(reply.text());
    if (problem.path("status").asInt() != status
        || problem.path("title").asText().isBlank()
        || problem.path("detail").asText().isBlank()
        || !problem.path("type").asText().startsWith("/problems/")) {
      return status + " has a problem document without all its members";
    }
    return INSIDE.matcher(reply.text()).find() ? status + " tells of what is inside" : null;
  }

  /** Healthy, nothing parked, all delivered, and no point made or lost. */
  private static void requireWell(RunningServer server) {
    Townspeople town = new Townspeople(server.api());
    assertThat(server.api().get("/health", null).status()).isEqualTo(200);
    String admin = town.demoToken("admin");
    for (String stream : List.of("users", "transactions")) {
      JsonNode consumers =
          town.await(
              API + "/streams/" + stream + "/consumers",
              admin,
              body -> {
                boolean[] all = {true};
                body.path("items").forEach(one -> all[0] &= one.path("lag").asInt() == 0);
                return all[0];
              });
      consumers
          .path("items")
          .forEach(one -> assertThat(one.path("parked").asInt()).as("%s", one).isZero());
    }
    JsonNode proof = town.get(API + "/ledger/proof", admin).orFail().body();
    assertThat(proof.path("sum").asLong()).isZero();
  }
}
