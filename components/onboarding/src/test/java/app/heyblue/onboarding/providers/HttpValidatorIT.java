package app.heyblue.onboarding.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.validators.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider over real HTTP, well-behaved and not. */
class HttpValidatorIT {
  private static final Candidate OFFICER =
      new Candidate(
          PartyKind.OFFICER,
          "dana@police.example",
          "Dana Reyes",
          "82001",
          Map.of("agency", "Bluefield Police", "badgeNumber", "1042"));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private final AtomicReference<@Nullable String> secret = new AtomicReference<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server = listen();

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void asksWithTheSecretForWhatTheCheckNeedsAndNoMore() throws Exception {
    answer(200, "{\"verdict\": \"verified\", \"finding\": \"On our list.\", \"more\": [1]}");

    assertThat(ask(OFFICER)).isEqualTo(new Verdict.Verified("On our list."));
    assertThat(secret.get()).isEqualTo("Bearer s3cret");
    assertThat(Json.mapper().readTree(asked.get()))
        .isEqualTo(
            json(
                """
                {"kind": "officer", "name": "Dana Reyes",
                 "evidence": {"agency": "Bluefield Police", "badgeNumber": "1042"}}
                """));
    ask(
        new Candidate(
            PartyKind.FAMILY,
            "alvarado@people.example",
            "The Alvarado family",
            "82001",
            Map.of("caseNumber", "BF-1")));
    assertThat(Json.mapper().readTree(asked.get()))
        .isEqualTo(json("{\"kind\": \"family\", \"evidence\": {\"caseNumber\": \"BF-1\"}}"));
  }

  @Test
  void itsWordsReachReviewersAndNeverApplicants() {
    answer(200, "{\"verdict\": \"rejected\", \"finding\": \"Badge of Evan Pike\"}");

    assertThat(ask(OFFICER))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> {
              assertThat(rejected.finding()).isEqualTo("Badge of Evan Pike");
              assertThat(rejected.reason()).doesNotContain("Evan").contains("apply again");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"verified\"",
        "{}",
        "{\"verdict\": true}",
        "{\"verdict\": \"VERIFIED\"}",
        "{\"verdict\": \"approved\"}",
        "{\"verdict\": [\"verified\"]}",
        "{\"verdict\": \"verified\"",
        "<html>verified</html>"
      })
  void whatItCannotMeanIsUndecided(String body) {
    answer(200, body);

    assertThat(ask(OFFICER)).isEqualTo(new Verdict.Undecided("Its answer can't be read."));
  }

  @Test
  void deepNestingIsNotFollowed() {
    answer(200, "{\"x\":".repeat(3000) + "1" + "}".repeat(3000));

    assertThat(ask(OFFICER)).isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() {
    handle(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(1024).getBytes(StandardCharsets.UTF_8);
          while (over.getCount() > 0) {
            exchange.getResponseBody().write(blanks);
          }
        });

    assertThat(ask(OFFICER))
        .isEqualTo(new Verdict.Undecided("Its answer was too long to be read."));
  }

  @Test
  void aFindingIsMadeHarmless() {
    answer(
        200,
        "{\"verdict\": \"undecided\", \"finding\": \"a\\u0000b\\n\\u202Ec\\u200B \\uD800"
            + "x".repeat(1000)
            + "\"}");

    String finding = ask(OFFICER).finding();
    assertThat(finding).startsWith("ab c").hasSizeLessThanOrEqualTo(300);
    assertThat(finding).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]");
  }

  @Test
  void redirectsAreNotFollowed() {
    handle(
        exchange -> {
          calls.incrementAndGet();
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        });

    assertThat(ask(OFFICER)).isInstanceOf(Verdict.Undecided.class);
    assertThat(calls).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 400, 401, 404, 429, 500, 503})
  void anyOtherStatusIsAFailureAndNoVerdict(int status) {
    answer(status, status == 204 ? "" : "{\"verdict\": \"verified\"}");

    assertThatThrownBy(() -> ask(OFFICER)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void silenceEndsWithTheTimeLimit() {
    handle(
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(() -> validator(Duration.ofMillis(100)).validate(OFFICER))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void nobodyThereIsAFailure() {
    server.stop(0);

    assertThatThrownBy(() -> ask(OFFICER)).isInstanceOf(UncheckedIOException.class);
  }

  private Verdict ask(Candidate candidate) {
    return validator(Duration.ofSeconds(20)).validate(candidate);
  }

  private HttpValidator validator(Duration limit) {
    return new HttpValidator(
        "registry",
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/check"),
        Set.of(PartyKind.OFFICER, PartyKind.FAMILY),
        "s3cret",
        limit);
  }

  private void answer(int status, String body) {
    handle(
        exchange -> {
          byte[] octets = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
          exchange.getResponseBody().write(octets);
        });
  }

  private void handle(Handler handler) {
    server.createContext(
        "/",
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          secret.set(exchange.getRequestHeaders().getFirst("Authorization"));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  @FunctionalInterface
  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private static JsonNode json(String text) throws IOException {
    return Json.mapper().readTree(text);
  }

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
