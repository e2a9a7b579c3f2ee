package app.heyblue.benchmarks;

import app.heyblue.kernel.Json;
import app.heyblue.postgres.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What people would use instead: the FastAPI service under {@code
 * quality/benchmarks/peers/fastapi}, on the same PostgreSQL, in a database of its own.
 */
final class FastApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WORKERS = 2;
  private static final int CONNECTIONS = 24;

  private final Process process;
  private final URI address;
  private final List<String> tokens;
  private final List<String> recipients;

  private FastApi(Process process, URI address, List<String> tokens, List<String> recipients) {
    this.process = process;
    this.address = address;
    this.tokens = tokens;
    this.recipients = recipients;
  }

  /** Makes its accounts and starts it. */
  static FastApi start(Path folder, DatabaseUrl postgres, int givers, int charities, Path log)
      throws IOException, SQLException {
    Map<String, String> tokens = new LinkedHashMap<>();
    List<String> recipients = new ArrayList<>();
    String database = postgres.jdbcUrl().replaceFirst("/[^/]*$", "/fastapi");
    try (Connection admin =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = admin.createStatement()) {
      statement.execute("create database fastapi");
    }
    try (Connection own =
            DriverManager.getConnection(database, postgres.user(), postgres.password());
        Statement statement = own.createStatement()) {
      statement.execute(Files.readString(folder.resolve("schema.sql")));
      for (int i = 0; i < givers + charities; i++) {
        String id = UUID.randomUUID().toString();
        statement.execute(
            "insert into account values ('" + id + "', " + (i < givers ? 100_000_000 : 0) + ")");
        if (i < givers) {
          tokens.put("token-" + UUID.randomUUID(), id);
        } else {
          recipients.add(id);
        }
      }
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/python3", // Debian's, whose packages these are
            "-m",
            "uvicorn",
            "--app-dir",
            folder.toString(),
            "--loop",
            "uvloop",
            "--no-access-log",
            "--log-level",
            "warning",
            "--workers",
            Integer.toString(WORKERS),
            "--port",
            Integer.toString(port),
            "app:app");
    builder.environment().put("BENCH_TOKENS", Json.mapper().writeValueAsString(tokens));
    builder.environment().put("BENCH_POOL", Integer.toString(CONNECTIONS / WORKERS));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder
        .environment()
        .put(
            "BENCH_DATABASE",
            database.replace(
                "jdbc:postgresql://",
                "postgresql://" + postgres.user() + ":" + postgres.password() + "@"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    URI address = URI.create("http://127.0.0.1:" + port);
    FastApi service = new FastApi(process, address, List.copyOf(tokens.keySet()), recipients);
    service.awaitListening(log);
    return service;
  }

  private void awaitListening(Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    throw new IOException(
        "FastAPI didn't start. On Debian: apt-get install python3-fastapi python3-uvicorn"
            + " python3-asyncpg python3-uvloop. It said: "
            + Files.readString(log));
  }

  Donations donations(double hotShare) {
    return new Donations(address, tokens, recipients, hotShare);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
