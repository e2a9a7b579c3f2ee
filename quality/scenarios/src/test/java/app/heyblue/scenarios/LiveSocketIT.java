package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
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
  void aServerThatStopsSaysSoAndDoesntWaitForItsSockets() throws Exception {
    Path home = Files.createTempDirectory(Path.of("target"), "home");
    try (RunningServer server = RunningServer.start(home, RunningServer.freePort()).awaitReady()) {
      String token = new Townspeople(server.api()).demoToken("civilian");
      try (LiveSocket socket = LiveSocket.of(server, token)) {
        long begun = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
        assertThat(socket.awaitClosed().code()).isEqualTo(1001);
      }
      assertThat(server.output()).doesNotContain("Timed out");
    }
  }
}
