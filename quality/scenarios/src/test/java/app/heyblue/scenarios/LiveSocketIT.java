package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The live socket of the packaged server. */
class LiveSocketIT {
  private static final RunningServer SERVER = RunningServer.shared();
  private final Townspeople town = new Townspeople(SERVER.api());

  @Test
  void welcomesWhoShowsAToken() throws Exception {
    Person civilian = town.join("civilian");
    try (LiveSocket socket = LiveSocket.open(SERVER)) {
      socket.say(Map.of("token", civilian.token()));
      assertThat(socket.next().path("expiresAt").asText()).endsWith("Z");
    }
  }

  @Test
  void closesWithASessionThatEnds() throws Exception {
    Person civilian = town.join("civilian");
    try (LiveSocket socket = LiveSocket.of(SERVER, civilian.token())) {
      SERVER
          .api()
          .send("DELETE", API + "/sessions/current", civilian.token(), null, Map.of())
          .orFail();
      assertThat(socket.awaitClosed().code()).isEqualTo(4401);
    }
  }

  @Test
  void answersWhatNobodyTakesAndStaysOpen() throws Exception {
    Person civilian = town.join("civilian");
    try (LiveSocket socket = LiveSocket.of(SERVER, civilian.token())) {
      socket.say(Map.of("wishes", UUID.randomUUID()));
      assertThat(socket.await("problem").path("problem").path("type").asText())
          .isEqualTo("/problems/unknown-message");
      socket.sayText("[");
      assertThat(socket.await("problem").path("problem").path("type").asText())
          .isEqualTo("/problems/malformed");
    }
  }

  @Test
  void bothOfAMeetingSeeTheirPointsArrive() throws Exception {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    try (LiveSocket hers = LiveSocket.of(SERVER, civilian.token());
        LiveSocket his = LiveSocket.of(SERVER, officer.token())) {
      town.scan(officer, town.qrToken(civilian), MeetingIT.key()).orFail();
      assertThat(hers.await("balanceChanged"))
          .hasToString("{\"type\":\"balanceChanged\",\"points\":10,\"held\":0,\"available\":10}");
      assertThat(his.await("balanceChanged").path("available").asLong()).isEqualTo(10);
    }
  }

  @Test
  void whoAsksForNoSocketIsToldSo() {
    assertThat(town.get(API + "/live", null).status()).isEqualTo(426);
  }

  @Test
  void whoIsntThereIsPushedAndAServerThatStopsDoesntWaitForItsSockets() throws Exception {
    Path home = Files.createTempDirectory(Path.of("target"), "home");
    BlockingQueue<Headers> pushed = new LinkedBlockingQueue<>();
    HttpServer pushService = pushService(pushed);
    try (RunningServer server =
        RunningServer.start(
                home,
                RunningServer.freePort(),
                Map.of("HEYBLUE_PUSH_ALLOW_PRIVATE_ENDPOINTS", "true"))
            .awaitReady()) {
      Townspeople there = new Townspeople(server.api());
      Person civilian = there.join("civilian");
      Person officer = there.join("officer");
      subscribe(there, civilian, pushService.getAddress().getPort());
      wantBalance(server, civilian);
      try (LiveSocket socket = LiveSocket.of(server, officer.token())) {
        there.scan(officer, there.qrToken(civilian), MeetingIT.key()).orFail();
        Headers push = pushed.poll(20, TimeUnit.SECONDS);
        assertThat(push).isNotNull();
        assertThat(push.getFirst("Urgency")).isEqualTo("low");
        assertThat(push.getFirst("Authorization")).startsWith("vapid t=");
        socket.await("balanceChanged");
        long begun = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
        assertThat(socket.awaitClosed().code()).isIn(1000, 1001);
      }
      assertThat(server.output()).doesNotContain("Timed out").doesNotContain("/push/");
    } finally {
      pushService.stop(0);
    }
  }

  private static HttpServer pushService(BlockingQueue<Headers> pushed) throws IOException {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/push/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          pushed.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    service.start();
    return service;
  }

  private static void subscribe(Townspeople town, Person person, int port) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    town.post(
            API + "/me/push-subscriptions",
            person.token(),
            Map.of(
                "endpoint",
                "http://localhost:" + port + "/push/1",
                "keys",
                Map.of(
                    "p256dh",
                    base64.encodeToString(
                        Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length)),
                    "auth",
                    base64.encodeToString(new byte[16]))))
        .orFail();
    assertThat(
            town.get(API + "/push-key", person.token())
                .orFail()
                .body()
                .path("applicationServerKey")
                .asText())
        .hasSize(87);
  }

  private static void wantBalance(RunningServer server, Person person) {
    String path = API + "/me/notification-preferences";
    assertThat(server.api().get(path, person.token()).orFail().body().path("push"))
        .hasToString(
            "{\"officerNearby\":false,\"encounterConfirmed\":false,\"balanceChanged\":false}");
    server
        .api()
        .send(
            "PUT",
            path,
            person.token(),
            Map.of("mail", Map.of(), "push", Map.of("balanceChanged", true)),
            Map.of("If-Match", "*"))
        .orFail();
  }
}
