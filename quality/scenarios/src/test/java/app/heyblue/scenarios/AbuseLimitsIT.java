package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.server.ApiClient.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come too often, connections that are too many, and clients that are too slow. */
class AbuseLimitsIT {
  private static final int MOST = 40;
  @TempDir static Path folder;
  private static RunningServer server;
  private static String admin = "";

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            folder.resolve("home"),
            RunningServer.freePort(),
            Map.of(
                "HEYBLUE_LIMITS_READS", "20",
                "HEYBLUE_LIMITS_COSTLY", "2",
                "HEYBLUE_CONNECTIONS_MOST", String.valueOf(MOST),
                "HEYBLUE_CONNECTIONS_PATIENCE", "0.5S"),
            "--empty");
    server.awaitReady();
    admin = new Townspeople(server.api()).admin(server).token();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPersonWhoAsksTooOftenIsToldToWait() {
    requireLimited("/audit?limit=1", 20);
    requireLimited("/audit/proof", 2);
    assertThat(server.api().get(API + "/ledger/heads", null).status())
        .as("nobody else waits")
        .isEqualTo(200);
  }

  /** As many as there are permits pass, and only slightly more before one is refused. */
  private static void requireLimited(String path, int permits) {
    int passed = 0;
    Answer answer = server.api().get(API + path, admin);
    while (answer.status() == 200 && passed < 20 * permits) {
      passed++;
      answer = server.api().get(API + path, admin);
    }
    assertThat(answer.status()).as(path).isEqualTo(429);
    assertThat(passed).isGreaterThanOrEqualTo(permits - 1);
    assertThat(answer.body().path("type").asText()).isEqualTo("/problems/too-many-requests");
    assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aRequestThatComesByteByByteIsCutOff() throws Exception {
    for (String head :
        List.of(
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
            "POST /api/v1/sessions HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 5000\r\n\r\n"
                + "\"")) {
      try (Socket socket = connect()) {
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(cutOff(socket, out)).isTrue();
      }
    }
  }

  @Test
  void noMoreConnectionsAreOpenThanThereIsRoomFor() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      boolean refused = false;
      for (int i = 0; i < 2 * MOST && !refused; i++) {
        Socket socket = connect();
        open.add(socket);
        refused = answer(socket).isEmpty();
      }
      assertThat(refused).isTrue();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    assertThat(answersAgain()).isTrue();
  }

  private static boolean answersAgain() throws IOException {
    // The server hears of a closing only after we have closed.
    for (int i = 0; i < 100; i++) {
      try (Socket socket = connect()) {
        if (answer(socket).startsWith("HTTP/1.1 200")) {
          return true;
        }
      }
    }
    return false;
  }

  private static String answer(Socket socket) throws IOException {
    try {
      socket
          .getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] head = new byte[12];
      int length = socket.getInputStream().readNBytes(head, 0, head.length);
      return new String(head, 0, length, StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return "";
    }
  }

  /** Sends a byte now and then until the server hangs up; false if it doesn't. */
  private static boolean cutOff(Socket socket, OutputStream out) throws IOException {
    socket.setSoTimeout(50);
    for (int i = 0; i < 600; i++) {
      try {
        out.write('x');
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException e) {
        // Nothing yet, so the next byte.
      } catch (SocketException e) {
        return true;
      }
    }
    return false;
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(30_000);
    return socket;
  }
}
