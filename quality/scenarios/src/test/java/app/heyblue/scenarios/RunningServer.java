package app.heyblue.scenarios;

import app.heyblue.server.ApiClient;
import app.heyblue.server.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged program in a process of its own, as {@code ./heyblue run} starts it. */
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path SHIPPED =
      Path.of("../../apps/server/target/quarkus-app/quarkus-run.jar");
  private static final Path BESIEGED = Path.of("../siege/target/quarkus-app/quarkus-run.jar");

  private final Path home;
  private final int port;
  private final Map<String, String> environment;
  private final Path output;
  private final Process process;

  private RunningServer(
      Path home, int port, Map<String, String> environment, Path output, Process process) {
    this.home = home;
    this.port = port;
    this.environment = environment;
    this.output = output;
    this.process = process;
  }

  private static final class Shared {
    static final RunningServer SERVER = startShared();

    private static RunningServer startShared() {
      try {
        RunningServer server =
            start(Files.createTempDirectory(Path.of("target"), "home"), freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server.awaitReady();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One server with demo data for all stories that don't harm it. */
  static RunningServer shared() {
    return Shared.SERVER;
  }

  /** Starts a program on a data folder; doesn't wait for it. */
  static RunningServer start(Path home, int port, String... options) throws IOException {
    return start(home, port, Map.of(), options);
  }

  /** Starts a program with further settings in its environment; doesn't wait for it. */
  static RunningServer start(
      Path home, int port, Map<String, String> environment, String... options) throws IOException {
    Files.createDirectories(home);
    Path output = Files.createTempFile(Path.of("target"), "server", ".log");
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options));
    return new RunningServer(
        home.toAbsolutePath(),
        port,
        environment,
        output,
        launch(SHIPPED, home, port, environment, output, arguments));
  }

  /**
   * Starts the program with a clock that can be set: as it ships otherwise, see the siege's guide;
   * doesn't wait for it.
   */
  static RunningServer startWithSetClock(Path home, int port, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(home);
    Path output = Files.createTempFile(Path.of("target"), "server", ".log");
    return new RunningServer(
        home.toAbsolutePath(),
        port,
        environment,
        output,
        launch(BESIEGED, home, port, environment, output, List.of("run")));
  }

  /** Sets the clock of such a server so many seconds ahead of the system's. */
  void setClockAhead(long seconds) {
    api().send("POST", "/siege/clock", null, Map.of("seconds", seconds), Map.of()).orFail();
  }

  /** Runs another command of the program on this server and its data, to its end. */
  Finished command(String... arguments) throws IOException, InterruptedException {
    return run(home, port, environment, arguments);
  }

  /** Runs a command of the program, to its end; with or without a server. */
  static Finished run(Path home, int port, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(Path.of("target"), "command", ".log");
    Process command = launch(SHIPPED, home, port, environment, log, List.of(arguments));
    if (!command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      command.destroyForcibly();
    }
    return new Finished(command.waitFor(), Files.readString(log));
  }

  /** A command that has ended. */
  record Finished(int status, String output) {}

  private static Process launch(
      Path program,
      Path home,
      int port,
      Map<String, String> environment,
      Path output,
      List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("HEYBLUE_HOME", home.toAbsolutePath().toString());
    builder.environment().put("HEYBLUE_PORT", String.valueOf(port));
    builder.environment().remove("HEYBLUE_DATABASE_URL");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits until the server says that it is ready. */
  RunningServer awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new AssertionError("The server ended:\n" + output());
      }
      try {
        if (api().get("/health/ready", null).isSuccess()) {
          return this;
        }
      } catch (app.heyblue.server.CommandFailure notYet) {
        // It doesn't listen yet.
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("The server didn't get ready:\n" + output());
  }

  /** Waits until the process has ended by itself and returns its exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The program didn't end:\n" + output());
    }
    return process.exitValue();
  }

  ApiClient api() {
    return new ApiClient(address(), tls());
  }

  URI address() {
    return URI.create((tls().isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
  }

  private Optional<TlsFiles> tls() {
    return Optional.ofNullable(environment.get("HEYBLUE_TLS_CERT"))
        .map(
            file ->
                new TlsFiles(
                    Path.of(file), Path.of(environment.getOrDefault("HEYBLUE_TLS_KEY", ""))));
  }

  Path home() {
    return home;
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  /** Changes its embedded database beside it, as no program of ours would. */
  void execute(String sql) throws IOException, SQLException {
    Path postgres = home.resolve("postgres");
    String url =
        "jdbc:postgresql://127.0.0.1:"
            + Files.readString(postgres.resolve("port")).strip()
            + "/heyblue";
    try (Connection connection =
            DriverManager.getConnection(
                url, "heyblue", Files.readString(postgres.resolve("password")).strip());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What the program has printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As SIGTERM does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
