package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client of ours would send. */
class HostileRequestsIT {
  private static final RunningServer SERVER = RunningServer.shared();
  private static final String NOBODYS = "01900000-0000-7000-8000-000000000000";

  private final ApiClient api = SERVER.api();
  private final Townspeople town = new Townspeople(api);
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aParameterThatComesTwiceIsRefused() {
    requireProblem(api.get(API + "/catalogs/charities?limit=1&limit=2", null), 400);
    requireProblem(api.get(API + "/catalogs/charities?state=DC&state=VA", null), 400);
  }

  @Test
  void twoIdempotencyKeysAreRefused() throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(API + "/transactions")
                .header("Authorization", "Bearer " + town.demoToken("civilian"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key())
                .header("Idempotency-Key", key())
                .POST(BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void aFieldThatComesTwiceIsRefused() throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(API + "/sessions")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"email": "a@example.org", "email": "b@example.org",
                         "password": "a password", "deviceId": "mine"}
                        """))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/malformed");
  }

  @Test
  void nobodySetsAFieldThatIsNotTheirs() {
    Person civilian = town.join("civilian");
    Answer me = api.get(API + "/me", civilian.token()).orFail();
    String etag = me.response().headers().firstValue("ETag").orElseThrow();
    Map<String, String> headers =
        Map.of("If-Match", etag, "Content-Type", "application/merge-patch+json");
    for (String field : List.of("kind", "userId", "area", "ein", "joinedAt", "version")) {
      Answer refused =
          api.send("PATCH", API + "/me", civilian.token(), Map.of(field, "admin"), headers);
      requireProblem(refused, 400);
      assertThat(refused.body().path("errors").path(0).path("pointer").asText())
          .isEqualTo("/" + field);
    }
    requireProblem(
        api.send("PATCH", API + "/me", civilian.token(), Map.of("showName", true), headers), 400);
    assertThat(api.get(API + "/me", civilian.token()).body()).isEqualTo(me.body());
    Map<String, Object> gift =
        new HashMap<>(Map.of("kind", "donation", "to", NOBODYS, "points", 1));
    gift.put("from", NOBODYS);
    requireProblem(
        api.send(
            "POST",
            API + "/transactions",
            civilian.token(),
            gift,
            Map.of("Idempotency-Key", key())),
        400);
    requireProblem(
        town.apply(
            "admin",
            "nobody@example.org",
            "a password of some length",
            "Nobody",
            "20001",
            "mine",
            Json.mapper().createObjectNode()),
        400);
  }

  @Test
  void aParameterOfAContentTypeWithoutAValueIsRefused() throws Exception {
    for (String type :
        List.of("multipart/form-data; boundary=", "multipart/form-data; boundary=x; charset=")) {
      HttpResponse<String> answer =
          http.send(
              request(API + "/onboarding/rosters")
                  .header("Authorization", "Bearer " + town.demoToken("admin"))
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("--x--"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(type).isEqualTo(415);
    }
  }

  @Test
  void whatIsNoUploadIsBoundedThoughItCallsItselfOne() throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(API + "/transactions/" + NOBODYS + "/reversal")
                .header("Authorization", "Bearer " + town.demoToken("admin"))
                .header("Idempotency-Key", key())
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString("x".repeat(400_000)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void anUploadOfSomebodyWithoutTheRightIsNotEvenKept() throws Exception {
    String upload =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a\"\r\n\r\n"
            + "x".repeat(400_000)
            + "\r\n--x--\r\n";
    for (String token : List.of("", town.demoToken("civilian"))) {
      HttpResponse<String> answer =
          http.send(
              request(API + "/catalogs/charities/refreshes")
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .POST(BodyPublishers.ofString(upload))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isIn(401, 403);
    }
    try (Stream<Path> uploads = Files.list(SERVER.home().resolve("spool/uploads"))) {
      assertThat(uploads).isEmpty();
    }
  }

  @Test
  void onlyTheOwnerReadsWhatIsUploaded() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(SERVER.home().resolve("spool"))))
        .isEqualTo("rwx------");
  }

  /** DNS rebinding: a page whose name leads to this machine sends its own name. */
  @Test
  void theDemoTownAnswersToNamesOfThisMachineOnly() throws IOException {
    assertThat(raw("GET /api/v1/demo/people HTTP/1.1\r\nHost: page.example\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("/problems/forbidden");
    assertThat(raw("GET /api/v1/demo/people HTTP/1.1\r\nHost: localhost:" + SERVER.port() + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aForwardedNameIsNotBelieved() throws IOException {
    assertThat(
            raw(
                """
                GET /api/v1/demo/people HTTP/1.1\r
                Host: page.example\r
                X-Forwarded-Host: localhost\r
                Forwarded: host=localhost\r
                """))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void noOtherOriginIsAllowed() {
    Map<String, String> elsewhere =
        Map.of("Origin", "https://page.example", "Access-Control-Request-Method", "POST");
    for (String method : List.of("OPTIONS", "GET")) {
      for (String path : List.of(API + "/ledger/heads", API + "/me", API + "/sessions")) {
        assertThat(api.send(method, path, null, null, elsewhere).response().headers().map())
            .as("%s %s", method, path)
            .doesNotContainKey("access-control-allow-origin");
      }
    }
  }

  @Test
  void nothingOfARequestComesBackAsHtml() {
    for (String path :
        List.of(
            "/problems/%3Cscript%3E",
            "/%3Cscript%3E",
            "/docs/%3Cscript%3E",
            API + "/catalogs/charities?query=%3Cscript%3E",
            API + "/catalogs/charities?limit=%3Cscript%3E")) {
      Answer answer = api.get(path, null);
      assertThat(type(path)).as(path).contains("json");
      assertThat(answer.response().headers().firstValue("X-Content-Type-Options"))
          .as(path)
          .contains("nosniff");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: 2,2\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: -2\r\n"
      })
  void aMessageWhoseEndIsAmbiguousIsRefused(String headers) throws IOException {
    String answer =
        raw(
            "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\n"
                + headers);
    assertThat(answer).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/rules?limit=%zz HTTP/1.1\r\n",
        "GET /api/v1/rules?kind={kind} HTTP/1.1\r\n",
        "GET /a b HTTP/1.1\r\n",
        "nonsense\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n",
        "GET /health HTTP/1.1\r\nHost: a b\r\n",
        "GET /health HTTP/1.1\r\nX-A: \u0001\r\n"
      })
  void whatCantBeReadIsAnsweredAsAProblemToo(String head) throws IOException {
    assertThat(raw(head))
        .containsPattern("^HTTP/1.[01] 40[04]")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"type\":\"/problems/");
  }

  @Test
  void aContentTypeThatIsNoneIsRefused() throws IOException {
    for (String path :
        List.of("catalogs/families/refreshes", "catalogs/charities/refreshes", "sessions")) {
      assertThat(
              raw(
                  "POST /api/v1/"
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: nonsense\r\n"))
          .as(path)
          .startsWith("HTTP/1.1 415");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n"})
  void anEmptyBodyIsAnsweredAtOnce(String length) throws IOException {
    String end = length.startsWith("C") ? "" : "\r\n0\r\n";
    assertThat(
            raw(
                "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nConnection: close\r\n"
                    + length
                    + end))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void aConnectionInClearStaysHttp1() throws IOException {
    assertThat(
            raw(
                """
                GET /health HTTP/1.1\r
                Host: localhost\r
                Upgrade: h2c\r
                HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r
                """))
        .startsWith("HTTP/1.1 200");
  }

  /** Handshakes that lack one of what RFC 6455 §4.2.1 asks for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket",
        "Upgrade: websocket|Connection: upgrade",
        "Upgrade: websocket|Connection: upgrade|Sec-WebSocket-Version: 13",
        "Upgrade: websocket|Connection: upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAAA",
        "Upgrade: websocket|Connection: upgrade|Sec-WebSocket-Version: 8"
            + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Upgrade: h2c|Connection: upgrade|Sec-WebSocket-Version: 13"
            + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void aHandshakeThatIsNoneIsAnsweredAsAProblem(String headers) throws IOException {
    String answer =
        raw(
            "GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n"
                + headers.replace("|", "\r\n")
                + "\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 426")
        .contains("/problems/socket-only")
        .containsIgnoringCase("upgrade: websocket")
        .containsIgnoringCase("sec-websocket-version: 13");
  }

  @Test
  void aBrokenBodyIsTheClientsFaultAndNoError() throws IOException {
    String before = SERVER.output();
    raw(
        """
        POST /api/v1/sessions HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Transfer-Encoding: chunked\r
        \r
        ZZ\r
        {}\r
        0\r
        """);
    assertThat(api.get("/health/live", null).status()).isEqualTo(200);
    assertThat(SERVER.output().substring(before.length())).doesNotContain("unexpectedly");
  }

  /** What follows a request is nonsense, or nothing because its client has gone. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0001\u0002 nonsense\r\n\r\n", ""})
  void whatBreaksOffAfterARequestIsNoErrorOfItsWork(String after) throws Exception {
    String before = SERVER.output();
    for (int i = 0; i < 2; i++) {
      Map<String, String> guess =
          Map.of("email", key() + "@example.org", "password", "a password", "deviceId", "mine");
      byte[] body = Json.mapper().writeValueAsBytes(guess);
      String head =
          "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: %d\r\n\r\n".formatted(body.length);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().write(after.getBytes(StandardCharsets.US_ASCII));
        if (!after.isEmpty()) {
          socket.setSoTimeout(30_000);
          var _ = socket.getInputStream().readAllBytes();
        }
      } catch (SocketException e) {
        // It hung up at once.
      }
      assertThat(api.send("POST", API + "/sessions", null, guess, Map.of()).status())
          .as("whose work takes as long, and began later")
          .isEqualTo(401);
    }

    assertThat(SERVER.output().substring(before.length())).doesNotContain(" ERROR ", "\tat ");
  }

  @Test
  void asManyFollowAStreamAsThereIsRoomForAndOthersAreToldToWait() throws Exception {
    HttpRequest follow =
        request(API + "/streams/users/events")
            .header("Authorization", "Bearer " + town.demoToken("admin"))
            .header("Accept", "text/event-stream")
            .build();
    HttpClient crowd = HttpClient.newHttpClient();
    try {
      int followers = 0;
      HttpResponse<InputStream> answer = crowd.send(follow, BodyHandlers.ofInputStream());
      while (answer.statusCode() == 200 && followers < 100) {
        followers++;
        answer = crowd.send(follow, BodyHandlers.ofInputStream());
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(followers).isPositive();
    } finally {
      crowd.shutdownNow(); // streams that nobody ends would be waited for
    }
  }

  @Test
  void everyAnswerSaysItsTypeAndCharacters() {
    for (String path :
        List.of("/docs/", "/problems", "/openapi", "/health", API + "/ledger/heads")) {
      assertThat(type(path)).as(path).containsIgnoringCase("charset=utf-8");
    }
    // JSON is UTF-8 by its definition (RFC 8259); its media types know no charset.
    assertThat(type(API + "/me")).isEqualTo("application/problem+json");
  }

  private String type(String path) {
    return api.get(path, null).response().headers().firstValue("Content-Type").orElse("");
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(SERVER.address() + path));
  }

  /** Sends a head as it stands, and reads until the server closes. */
  private static String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void requireProblem(Answer answer, int status) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    JsonNode problem = answer.body();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
  }
}
