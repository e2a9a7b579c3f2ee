package app.heyblue.catalogs.refresh;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.catalogs.sources.Source;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources over real HTTP: nothing is fetched twice, and nothing half. */
class SourceIT {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<@Nullable String> conditions = new CopyOnWriteArrayList<>();
  private final List<@Nullable String> authorizations = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private World world;
  private HttpServer server;
  private byte[] content = new byte[0];
  private @Nullable String etag;

  @BeforeEach
  void serve(@TempDir Path folder) throws Exception {
    world = new World(folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/eo.csv",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
          conditions.add(String.valueOf(condition));
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
          }
          if (etag != null && etag.equals(condition)) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(0);
    world.close();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void whatIsNotModifiedIsNotFetchedAgain() throws Exception {
    offer("\"january\"", 20);
    assertThat(refresh("/eo.csv").added()).isEqualTo(20);
    RefreshStatus again = refresh("/eo.csv");
    assertThat(again.status()).isEqualTo(State.APPLIED);
    assertThat(again.reason()).startsWith("Not modified");
    assertThat(List.of(again.rowsRead(), again.added(), again.changed(), again.removed()))
        .containsExactly(0L, 0L, 0L, 0L);
    assertThat(conditions).containsExactly("null", "\"january\"");

    offer("\"april\"", 21);
    assertThat(refresh("/eo.csv").added()).isEqualTo(1);
  }

  @Test
  void aNewNameOfTheSameContentIsRemembered() throws Exception {
    offer("\"january\"", 20);
    refresh("/eo.csv");
    etag = "\"renamed\"";
    assertThat(refresh("/eo.csv").reason()).contains("the same file");
    assertThat(refresh("/eo.csv").reason()).contains("nothing new");
    assertThat(conditions).containsExactly("null", "\"january\"", "\"renamed\"");
  }

  @Test
  void aRefusedFileIsFetchedAgain() throws Exception {
    offer("\"january\"", 20);
    refresh("/eo.csv");
    offer("\"cut\"", 20);
    content = java.util.Arrays.copyOf(content, content.length / 2 - 3);
    assertThat(refresh("/eo.csv").status()).isEqualTo(State.REFUSED);
    assertThat(refresh("/eo.csv").status()).isEqualTo(State.REFUSED);
    assertThat(conditions).endsWith("\"january\"", "\"january\"");
  }

  @Test
  void withoutValidatorsTheContentTells() throws Exception {
    offer(null, 20);
    refresh("/eo.csv");
    assertThat(refresh("/eo.csv").reason()).startsWith("Not modified");
    Path file = Files.write(world.file(new byte[0]), content);
    Origin path =
        new Origin.OfSource(new Source(CatalogName.CHARITIES, "p", file.toString()), false);
    assertThat(world.refresh(CatalogName.CHARITIES, path).reason()).isNull();
    assertThat(world.refresh(CatalogName.CHARITIES, path).reason()).startsWith("Not modified");
  }

  @Test
  void whatWasUndoneComesBackOnDemandOnly() throws Exception {
    offer("\"january\"", 20);
    refresh("/eo.csv");
    offer("\"wrong\"", 22);
    RefreshStatus wrong = refresh("/eo.csv");
    world.undo(wrong.id());

    assertThat(scheduled("/eo.csv").reason()).as("by the schedule").startsWith("Not modified");
    assertThat(world.charities.find(new Ein(ein(21)))).isEmpty();
    RefreshStatus wanted = refresh("/eo.csv");
    assertThat(wanted.reason()).isNull();
    assertThat(wanted.added()).isEqualTo(2);
    world.undo(wanted.id());
    offer("\"right\"", 21);
    assertThat(scheduled("/eo.csv").added()).isEqualTo(1);
  }

  @Test
  void aFailingServerIsAskedAgainAndThenTheRefreshIsRefused() throws Exception {
    int[] failures = {2};
    server.createContext(
        "/shaky",
        exchange -> {
          if (failures[0]-- > 0) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    offer(null, 20);
    assertThat(refresh("/shaky").added()).isEqualTo(20);
    failures[0] = 100;
    RefreshStatus refused = refresh("/shaky");
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason())
        .contains("503")
        .contains("3 times")
        .endsWith("Nothing was changed.");
    assertThat(refresh("/nowhere").reason()).contains("404").doesNotContain("times");
  }

  @Test
  void whatIsShorterThanAnnouncedIsCutOff() throws Exception {
    offer(null, 20);
    byte[] whole = content;
    // Cut at a row's end, so that only the length tells.
    int rowEnd = new String(whole, StandardCharsets.US_ASCII).lastIndexOf('\n', whole.length - 2);
    String address =
        rawServer(
            "HTTP/1.1 200 OK\r\nContent-Length: " + whole.length + "\r\n\r\n",
            java.util.Arrays.copyOf(whole, rowEnd + 1));
    RefreshStatus refused = refreshFrom(address);
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason()).contains("cut off").contains("%,d".formatted(whole.length));
    assertThat(world.digest()).startsWith("0/");
  }

  @Test
  void aConnectionThatIsLostInMidChunkIsCutOff() throws Exception {
    offer(null, 20);
    String address =
        rawServer(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
            java.util.Arrays.copyOf(content, 500));
    RefreshStatus refused = refreshFrom(address);
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason()).contains("lost").contains("Nothing was changed");
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    world.settings.silence = Duration.ofMillis(50);
    CountDownLatch over = new CountDownLatch(1);
    open.add(over::countDown);
    HttpServer silent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    silent.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 10_000);
          exchange.getResponseBody().write(new byte[100]);
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    silent.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
    silent.start();
    open.add(() -> silent.stop(0));
    RefreshStatus refused =
        refreshFrom("http://127.0.0.1:" + silent.getAddress().getPort() + "/eo.csv");
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason()).contains("sent nothing");
  }

  @Test
  void redirectsAreFollowedToTheSameSchemeOnlyAndWithoutThePassword() throws Exception {
    redirect("/moved", "/eo.csv");
    redirect("/far", "http://localhost:" + port() + "/eo.csv");
    redirect("/ftp", "ftp://example.org/eo.csv");
    redirect("/file", "file:///etc/passwd");
    redirect("/round", "/round");
    offer(null, 20);
    String secret = "http://reader:s3cret@127.0.0.1:" + port();
    assertThat(refreshFrom(secret + "/moved?key=hidden").added()).isEqualTo(20);
    assertThat(authorizations).last().asString().startsWith("Basic ");
    offer(null, 21);
    assertThat(refreshFrom(secret + "/far").added()).isEqualTo(1);
    assertThat(authorizations).last().isEqualTo("null");
    for (String wrong : List.of("/ftp", "/file")) {
      RefreshStatus refused = refreshFrom(secret + wrong);
      assertThat(refused.reason()).contains("redirects elsewhere").doesNotContain("s3cret");
    }
    assertThat(refresh("/round").reason()).contains("more than 5 times");
    assertThat(new Source(CatalogName.CHARITIES, "s", secret + "/a?key=hidden").shown())
        .isEqualTo("http://127.0.0.1:" + port() + "/a");
  }

  @Test
  void tooLargeAFileIsRefused() throws Exception {
    world.settings.largestFileMib = 1;
    content = new byte[1024 * 1024 + 1];
    assertThat(refresh("/eo.csv").reason()).contains("larger than 1 MiB");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aZipIsUnpackedAndADamagedOneRefused() throws Exception {
    offer(null, 20);
    byte[] zip = zip("eo.csv", content);
    content = zip;
    assertThat(refresh("/eo.csv").added()).isEqualTo(20);
    content = java.util.Arrays.copyOf(zip, zip.length / 2);
    assertThat(refresh("/eo.csv").reason()).contains("damaged or cut off");
    try (var left = Files.list(world.folder().resolve("spool").resolve("catalogs"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anAddressOfAnotherKindIsNoSource() {
    for (String address : List.of("ftp://example.org/x", "file:///etc/passwd", "http:///x")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> new Source(CatalogName.CHARITIES, "x", address))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] zip(String name, byte[] content) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private void redirect(String from, String to) {
    server.createContext(
        from,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  /** A server that writes these bytes and hangs up. */
  private String rawServer(String head, byte[] body) throws Exception {
    ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    open.add(socket);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                  client.getInputStream().read(new byte[4096]);
                  client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                  client.getOutputStream().write(body);
                } catch (java.io.IOException closed) {
                  // The next one, or the end of the test.
                }
              }
            });
    return "http://127.0.0.1:" + socket.getLocalPort() + "/eo.csv";
  }

  private void offer(@Nullable String tag, int rows) throws Exception {
    etag = tag;
    String[] lines = new String[rows];
    for (int i = 0; i < rows; i++) {
      lines[i] = row(ein(i), "NAME " + i, "WASHINGTON", "DC");
    }
    content = Files.readAllBytes(world.file(lines));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private RefreshStatus refresh(String path) throws Exception {
    return refreshFrom("http://127.0.0.1:" + port() + path);
  }

  private RefreshStatus refreshFrom(String address) throws Exception {
    return world.refresh(
        CatalogName.CHARITIES,
        new Origin.OfSource(new Source(CatalogName.CHARITIES, "dc", address), false));
  }

  private RefreshStatus scheduled(String path) throws Exception {
    return world.refresh(
        CatalogName.CHARITIES,
        new Origin.OfSource(
            new Source(CatalogName.CHARITIES, "dc", "http://127.0.0.1:" + port() + path), true));
  }

  private static String ein(int number) {
    return "%09d".formatted(10_000_000 + number * 13_001);
  }

  @Test
  void theSameCharityIsReadWhateverTheWay() throws Exception {
    offer(null, 20);
    refresh("/eo.csv");
    assertThat(world.charities.find(new Ein(ein(3))).map(Charity::name)).contains("NAME 3");
  }
}
