package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
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
}
