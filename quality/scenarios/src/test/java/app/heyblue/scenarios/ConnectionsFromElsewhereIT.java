package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A client that isn't this machine by its address: how many connections it may have, and what
 * becomes of those on which it asks and reads nothing. It waits more than it works, so others are
 * tested meanwhile.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionsFromElsewhereIT {
  private static final int MOST = 4;
  private static final int EVENTS = 1_200;
  private static final int EVENT_BYTES = 20_000;
  private static final int SMALL = 4096;
  private static final int LARGE = 1 << 20;
  private static final InetAddress LOOP = InetAddress.getLoopbackAddress();
  @TempDir static Path folder;
  private static InetAddress elsewhere = LOOP;
  private static RunningServer server;

  private final List<Socket> kept = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Optional<InetAddress> other = addressOfOurs();
    assumeTrue(other.isPresent(), "skipped: this machine has no address but its own loop");
    elsewhere = other.orElseThrow();
    Certificates.make(folder, "-1d");
    server =
        RunningServer.start(
                folder.resolve("home"),
                RunningServer.freePort(),
                Map.of(
                    "HEYBLUE_HOST", "0.0.0.0",
                    "HEYBLUE_TLS_CERT", folder.resolve("cert.pem").toString(),
                    "HEYBLUE_TLS_KEY", folder.resolve("key.pem").toString(),
                    "HEYBLUE_CONNECTIONS_PER_ADDRESS", String.valueOf(MOST),
                    "HEYBLUE_CONNECTIONS_PATIENCE", "1S"),
                "--empty")
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket socket : kept) {
      socket.close();
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void anAddressHasAsManyConnectionsAsItMayAndThisMachineAsManyAsItNeeds() throws Exception {
    awaitAnswer();
    for (int i = 0; i < MOST; i++) {
      assertThat(answer(keep(connect(elsewhere)))).isEqualTo("HTTP/1.1 200");
    }
    assertThat(isAnsweredElsewhere()).isFalse();
    for (int i = 0; i < 2 * MOST; i++) {
      assertThat(answer(keep(connect(LOOP)))).isEqualTo("HTTP/1.1 200");
    }

    kept.getFirst().close();

    awaitAnswer();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void whoReadsNoAnswersIsCutOff() throws Exception {
    awaitAnswer();
    String path = "/openapi?format=json";
    long size = server.api().get(path, null).orFail().response().body().length();
    int times = 100;
    String requests = "GET %s HTTP/1.1\r\nHost: town.example\r\n\r\n".formatted(path).repeat(times);
    for (int i = 0; i < MOST; i++) {
      keep(connect(elsewhere)).getOutputStream().write(requests.getBytes(US_ASCII));
    }
    assertThat(isAnsweredElsewhere()).isFalse();

    awaitAnswer();

    for (Socket socket : kept) {
      assertThat(left(socket)).isPositive().isLessThan(times * size);
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void whoFollowsAStreamAndReadsNothingIsCutOffWhileOthersHearAll() throws Exception {
    awaitAnswer();
    String token = new Townspeople(server.api()).admin(server).token();
    tellMuch();
    for (int i = 0; i < MOST; i++) {
      assertThat(status(keep(follow(connect(elsewhere), token)))).isEqualTo("HTTP/1.1 200");
    }
    List<Socket> slow = List.copyOf(kept);
    Socket quick = keep(follow(connect(LOOP, LARGE), token));
    for (int events = 0; events < EVENTS; events++) {
      assertThat(quick.getInputStream().readNBytes(EVENT_BYTES)).hasSize(EVENT_BYTES);
    }
    assertThat(followsHere(token)).isEqualTo("HTTP/1.1 429");
    assertThat(networkMemory())
        .as("what the slow haven't read is kept for none of them")
        .isLessThan((long) EVENTS * EVENT_BYTES);

    awaitTrue(120, "a place is free", () -> followsHere(token).equals("HTTP/1.1 200"));
    awaitTrue(120, "a connection is let in", ConnectionsFromElsewhereIT::isAnsweredElsewhere);

    for (Socket socket : slow) {
      assertThat(left(socket)).isPositive().isLessThan((long) EVENTS * EVENT_BYTES);
    }
    assertThat(server.output())
        .as("the log of what was cut off")
        .doesNotContain(elsewhere.getHostAddress());
  }

  /** Long events of a kind that nobody takes in. */
  private static void tellMuch() throws Exception {
    server.execute(
        """
        insert into messaging.inbox (stream, id, type, key, time, data)
        select 'users', gen_random_uuid(), 'app.heyblue.test.long.v1', 'long', now(),
          jsonb_build_object('text', repeat('x', %d)) from generate_series(1, %d)
        """
            .formatted(EVENT_BYTES, EVENTS));
  }

  /** How many bytes of the server's memory wait for the network. */
  private static double networkMemory() {
    String name = "jvm_buffer_memory_used_bytes{id=\"direct\"} ";
    return server
        .api()
        .get("/metrics", null)
        .orFail()
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private static String followsHere(String token) throws Exception {
    try (Socket socket = follow(connect(LOOP), token)) {
      return status(socket);
    }
  }

  private static Socket follow(Socket socket, String token) throws IOException {
    socket
        .getOutputStream()
        .write(
            """
            GET %s/streams/users/events HTTP/1.1\r
            Host: town.example\r
            Accept: text/event-stream\r
            Authorization: Bearer %s\r
            \r
            """
                .formatted(API, token)
                .getBytes(US_ASCII));
    return socket;
  }

  /** Waits until the address has room for a connection. */
  private static void awaitAnswer() throws Exception {
    awaitTrue(30, "a connection is let in", ConnectionsFromElsewhereIT::isAnsweredElsewhere);
  }

  private static boolean isAnsweredElsewhere() throws Exception {
    try (Socket socket = connect(elsewhere)) {
      return answer(socket).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false; // closed before TLS was spoken
    }
  }

  private static String answer(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /health/live HTTP/1.1\r\nHost: town.example\r\n\r\n".getBytes(US_ASCII));
    return status(socket);
  }

  private static String status(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
  }

  /** How many bytes a client can still read before it finds itself cut off. */
  private static long left(Socket socket) throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try {
      int read = socket.getInputStream().read(buffer);
      while (read >= 0) {
        bytes += read;
        read = socket.getInputStream().read(buffer);
      }
    } catch (SocketException | SSLException e) {
      // In the midst of something.
    }
    return bytes;
  }

  private Socket keep(Socket socket) {
    kept.add(socket);
    return socket;
  }

  /** With TLS, and little room for what comes. */
  private static Socket connect(InetAddress address) throws Exception {
    return connect(address, SMALL);
  }

  private static Socket connect(InetAddress address, int room) throws Exception {
    Socket plain = new Socket();
    plain.setReceiveBufferSize(room);
    plain.setSoTimeout(30_000);
    plain.connect(new InetSocketAddress(address, server.port()));
    return Certificates.trustingAnybody()
        .getSocketFactory()
        .createSocket(plain, "town.example", server.port(), true);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void awaitTrue(int seconds, String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }

  private static Optional<InetAddress> addressOfOurs() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .filter(address -> address.getAddress().length == 4)
        .findFirst();
  }
}
