package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who send the largest body there may be and keep its last byte back. */
class SlowBodiesIT {
  private static final RunningServer SERVER = RunningServer.shared();
  private static final int LARGEST = 256 * 1024;
  private static final int ROOM = 48 * 1024 * 1024 / LARGEST;

  private final String token = new Townspeople(SERVER.api()).demoToken("civilian");
  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
    slow.clear();
  }

  @Test
  void ofMoreThanThereIsRoomForSomeAreToldToComeAgainAndTheOthersAreServed() throws Exception {
    sendAllButTheLastByte();

    for (Socket refused : awaitRefused()) {
      assertThat(answer(refused))
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("\r\nRetry-After: 5\r\n")
          .contains("application/problem+json", "/problems/unavailable");
      slow.remove(refused);
    }
    assertThat(SERVER.api().get(API + "/ledger/heads", null).status())
        .as("who sends no body needs no room")
        .isEqualTo(200);
    for (Socket socket : slow) {
      socket.getOutputStream().write(' ');
      assertThat(answer(socket)).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void whoHangsUpMakesRoom() throws Exception {
    for (int round = 0; round < 3; round++) {
      sendAllButTheLastByte();
      awaitRefused();
      hangUp();
      awaitAccepted();
    }
  }

  private void sendAllButTheLastByte() throws IOException {
    byte[] request = request(LARGEST);
    for (int i = 0; i <= ROOM; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
      socket.setSoTimeout(60_000);
      slow.add(socket);
      socket.getOutputStream().write(request, 0, request.length - 1);
    }
  }

  /** Those that have an answer before they have sent all: the one too many, and hardly more. */
  private List<Socket> awaitRefused() throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<Socket> answered = answered();
    while (answered.isEmpty()) {
      assertThat(System.nanoTime()).as("somebody is refused").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      answered = answered();
    }
    assertThat(answered).hasSizeLessThan(ROOM / 10);
    return answered;
  }

  private List<Socket> answered() throws IOException {
    List<Socket> answered = new ArrayList<>();
    for (Socket socket : slow) {
      if (socket.getInputStream().available() > 0) {
        answered.add(socket);
      }
    }
    return answered;
  }

  /** The server hears of a closing only after we have closed. */
  private void awaitAccepted() throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    int status = 503;
    while (status == 503) {
      assertThat(System.nanoTime()).as("there is room again").isLessThan(deadline);
      try (Wire wire = new Wire(SERVER.port())) {
        status = wire.exchange(request(LARGEST), false).status();
      }
    }
    assertThat(status).isEqualTo(201);
  }

  /** The first that comes: all of a short answer, the beginning of a long one. */
  private static String answer(Socket socket) throws IOException {
    byte[] buffer = new byte[4096];
    int length = socket.getInputStream().read(buffer);
    return new String(buffer, 0, Math.max(length, 0), US_ASCII);
  }

  /** For a code, by an object and as many spaces as it takes. */
  private byte[] request(int length) {
    String head =
        """
        POST /api/v1/qr-codes HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        {}\
        """
            .formatted(token, length);
    return (head + " ".repeat(length - 2)).getBytes(US_ASCII);
  }
}
