package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request and what consumers do with its event are one trace, at a collector of the story's. */
class TracesIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final List<Span> SPANS = new CopyOnWriteArrayList<>();

  @TempDir static Path folder = Path.of("");
  private static HttpServer collector;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", TracesIT::take);
    collector.start();
    server =
        RunningServer.start(
                folder.resolve("home"),
                RunningServer.freePort(),
                Map.of(
                    "HEYBLUE_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getAddress().getPort(),
                    "QUARKUS_OTEL_TRACES_SAMPLER_ARG",
                    "0"))
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    collector.stop(0);
  }

  private static void take(HttpExchange exchange) throws IOException {
    ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .forEach(scope -> SPANS.addAll(scope.getSpansList()));
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void consumersOfAMeetingWorkInTheTraceOfItsScan() {
    Townspeople town = new Townspeople(server.api());
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    // Whoever asks for it: of this there is no trace.
    Answer sharing =
        server
            .api()
            .send(
                "PUT",
                API + "/sharing",
                officer.token(),
                Map.of("on", true),
                Map.of("traceparent", "00-1af7651916cd43dd8448eb211c80319d-b7ad6b7169203331-01"));
    assertThat(sharing.status()).isEqualTo(200);
    String code = town.qrToken(civilian);
    server
        .api()
        .send(
            "POST",
            API + "/encounters/scans?note=Quokka",
            officer.token(),
            Map.of("token", code),
            Map.of(
                "Idempotency-Key",
                key(),
                "traceparent",
                "00-" + TRACE + "-b7ad6b7169203331-01",
                "User-Agent",
                "Quokka/1.0"))
        .orFail();

    Span scan = await(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(scan.getName()).isEqualTo("POST /api/v1/encounters/scans");
    assertThat(hex(scan)).isEqualTo(TRACE);
    for (String consumer :
        List.of("users.activity", "scoring.chain", "rules.history", "notifications.receipts")) {
      Span work = await(span -> span.getName().equals("process " + consumer));
      assertThat(hex(work)).as(consumer).isEqualTo(TRACE);
      assertThat(work.getParentSpanId()).as(consumer).isEqualTo(scan.getSpanId());
      assertThat(work.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
    }
    // Nothing else was sampled, and no span tells who it was or what they sent.
    assertThat(SPANS).allSatisfy(span -> assertThat(hex(span)).isEqualTo(TRACE));
    assertThat(scan.getAttributesList())
        .filteredOn(one -> one.getKey().equals("client.address"))
        .allSatisfy(one -> assertThat(one.getValue().getStringValue()).isEqualTo("-"));
    assertThat(SPANS.toString())
        .doesNotContain("Quokka")
        .doesNotContain(code)
        .doesNotContain(civilian.userId())
        .doesNotContain(officer.userId());

    JsonNode told =
        town.get(API + "/streams/transactions/events", town.demoToken("admin")).orFail().body();
    assertThat(told.path("items").path(0).path("traceparent").asText())
        .startsWith("00-" + TRACE + "-");
  }

  private static Span await(Predicate<Span> wanted) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      for (Span span : SPANS) {
        if (wanted.test(span)) {
          return span;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("there came " + SPANS);
  }

  private static String hex(Span span) {
    return HexFormat.of().formatHex(span.getTraceId().toByteArray());
  }
}
