package app.heyblue.benchmarks;

import app.heyblue.kernel.Json;
import app.heyblue.postgres.DatabaseUrl;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server as the launcher starts it, with a heap of 256 MB, on a database of the benchmark. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final URI address;
  private final Path home;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServerProcess(Process process, URI address, Path home) {
    this.process = process;
    this.address = address;
    this.home = home;
  }

  /**
   * Starts it and returns when it's ready.
   *
   * @param sources files that it may refresh from, by name
   */
  static ServerProcess start(Path jar, Path home, DatabaseUrl database, Map<String, Path> sources)
      throws IOException, InterruptedException {
    Files.createDirectories(home);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
    sources.forEach((name, file) -> command.add("-Dheyblue.catalogs.sources." + name + "=" + file));
    command.addAll(List.of("-jar", jar.toString(), "run", "--empty"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HEYBLUE_HOME", home.toString());
    builder.environment().put("HEYBLUE_PORT", Integer.toString(port));
    builder.environment().put("HEYBLUE_DATABASE_URL", text(database));
    builder.redirectErrorStream(true).redirectOutput(home.resolve("server.log").toFile());
    ServerProcess server =
        new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port), home);
    try {
      server.awaitReady();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static String text(DatabaseUrl url) {
    return url.jdbcUrl()
        .replace(
            "jdbc:postgresql://",
            "postgresql://" + encode(url.user()) + ":" + encode(url.password()) + "@");
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        if (send(HttpRequest.newBuilder(address.resolve("/health/ready")).build()).statusCode()
            == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It doesn't listen yet.
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new IllegalStateException(
        "The server didn't start: " + Files.readString(home.resolve("server.log")));
  }

  /** Refreshes the charities, and returns when that has been applied. */
  JsonNode refresh(String source) throws IOException {
    String refreshes = "/api/v1/catalogs/charities/refreshes";
    JsonNode begun =
        json(
            authorized(refreshes)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"source\":\"" + source + "\"}"))
                .build());
    while (true) {
      JsonNode status = json(authorized(refreshes + "/" + begun.path("id").asText()).build());
      switch (status.path("status").asText()) {
        case "running" -> LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        case "applied" -> {
          return status;
        }
        default -> throw new IllegalStateException(status.toString());
      }
    }
  }

  /** The first ten that a search answers. */
  JsonNode search(String query) throws IOException {
    return json(
        HttpRequest.newBuilder(
                address.resolve("/api/v1/catalogs/charities?limit=10&query=" + encode(query)))
            .build());
  }

  long peakMib() throws IOException {
    return Machine.peakMib(process.pid());
  }

  private HttpRequest.Builder authorized(String path) throws IOException {
    String token = Files.readString(home.resolve("run").resolve("operator.token")).strip();
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private JsonNode json(HttpRequest request) throws IOException {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(request.uri() + " answered " + answer.body());
    }
    return Json.mapper().readTree(answer.body());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() throws InterruptedException {
    http.close();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
