package app.heyblue.testing.town;

import app.heyblue.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server in a process of its own, as the launcher starts it: with demo data and its
 * embedded PostgreSQL, or without demo data on another. After a kill it can be started again on the
 * same data and port.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path jar;
  private final Path home;
  private final int port;
  private final @Nullable DatabaseUrl database;
  private final List<String> javaOptions;
  private Process process;

  private ServerProcess(
      Path jar, Path home, int port, @Nullable DatabaseUrl database, List<String> javaOptions)
      throws IOException {
    this.jar = jar;
    this.home = home;
    this.port = port;
    this.database = database;
    this.javaOptions = javaOptions;
    this.process = launch();
  }

  /**
   * Starts it and returns at once.
   *
   * @param jar {@code quarkus-run.jar}
   * @param javaOptions further ones, such as {@code -Dname=value}
   */
  public static ServerProcess start(Path jar, Path home, String... javaOptions) throws IOException {
    Files.createDirectories(home);
    return new ServerProcess(jar, home.toAbsolutePath(), freePort(), null, List.of(javaOptions));
  }

  /** The same with an empty town on another database. */
  public static ServerProcess startOn(
      DatabaseUrl database, Path jar, Path home, String... javaOptions) throws IOException {
    Files.createDirectories(home);
    return new ServerProcess(
        jar, home.toAbsolutePath(), freePort(), database, List.of(javaOptions));
  }

  /** Starts it again after it ended, and returns at once. */
  public void restart() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString(), "run"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HEYBLUE_HOME", home.toString());
    builder.environment().put("HEYBLUE_PORT", Integer.toString(port));
    if (database == null) {
      builder.environment().remove("HEYBLUE_DATABASE_URL");
    } else {
      builder.environment().put("HEYBLUE_DATABASE_URL", text(database));
    }
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private static String text(DatabaseUrl url) {
    return url.jdbcUrl()
        .replace(
            "jdbc:postgresql://",
            "postgresql://" + encoded(url.user()) + ":" + encoded(url.password()) + "@");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Waits until it says that it's ready.
   *
   * @throws IllegalStateException with its last words where it ended, or took longer than minutes
   */
  public ServerProcess awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Api api = new Api(address())) {
      while (process.isAlive() && System.nanoTime() < deadline) {
        try {
          if (api.get("/health/ready", null).isSuccess()) {
            return this;
          }
        } catch (NoAnswer notYet) {
          // It doesn't listen yet.
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    throw new IllegalStateException("The server isn't ready:\n" + lastWords());
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public Path home() {
    return home;
  }

  public Process process() {
    return process;
  }

  /** What it prints. */
  public Path log() {
    return home.resolve("server.log");
  }

  /** The token of the operator of this machine. */
  public String operatorToken() throws IOException {
    return Files.readString(home.resolve("run").resolve("operator.token")).strip();
  }

  /** The process id of its embedded PostgreSQL, or of the last one. */
  public long postgresPid() {
    try {
      return Long.parseLong(
          Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its embedded database, whose password lies in the data folder. */
  public DatabaseUrl database() {
    try {
      Path postgres = home.resolve("postgres");
      return new DatabaseUrl(
          "jdbc:postgresql://127.0.0.1:%s/heyblue"
              .formatted(Files.readString(postgres.resolve("port")).strip()),
          "heyblue",
          Files.readString(postgres.resolve("password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The processes of its PostgreSQL that run, the postmaster first. */
  public List<ProcessHandle> postgres() {
    return ProcessHandle.of(postgresPid()).stream()
        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
        .toList();
  }

  /** {@code kill -9} for the postmaster of its PostgreSQL. */
  public void killPostgres() {
    postgres().stream().limit(1).forEach(ProcessHandle::destroyForcibly);
  }

  /** As SIGTERM does; after half a minute as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
