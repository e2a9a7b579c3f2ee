package app.heyblue.benchmarks;

import app.heyblue.postgres.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own benchmark, <a
 * href="https://www.postgresql.org/docs/18/pgbench.html">pgbench</a>: its TPC-B-like transactions,
 * each of them committed by itself. With fewer branches than clients these wait for each other, and
 * with more branches there are more pages to write.
 */
final class PgBench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial");

  private final Path program;
  private final URI server;
  private final int scale;
  private final String database;
  private final Map<String, String> environment;

  /**
   * Its database, which must be there.
   *
   * @param scale how many branches, each with 100,000 accounts
   */
  PgBench(DatabaseUrl url, String database, int scale) throws IOException {
    this.program = find();
    this.server = URI.create(url.jdbcUrl().substring("jdbc:".length()));
    this.scale = scale;
    this.database = database;
    this.environment = Map.of("PGUSER", url.user(), "PGPASSWORD", url.password());
  }

  int scale() {
    return scale;
  }

  /** Fills its tables. */
  void fill() throws IOException, InterruptedException {
    String _ = run("-i", "-q", "-s", Integer.toString(scale));
  }

  /** Transactions per second. */
  double run(int clients, int seconds) throws IOException, InterruptedException {
    String output =
        run(
            "-M",
            "prepared",
            "-n",
            "-c",
            Integer.toString(clients),
            "-j",
            "2",
            "-T",
            Integer.toString(seconds));
    Matcher rate = RATE.matcher(output);
    if (!rate.find()) {
      throw new IOException("pgbench said: " + output);
    }
    return Double.parseDouble(rate.group(1));
  }

  private String run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("-h", server.getHost(), "-p", Integer.toString(server.getPort())));
    command.addAll(List.of(options));
    command.add(database);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("pgbench failed: " + output);
    }
    return output;
  }

  private static Path find() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      folders.add(Path.of(folder));
    }
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.sorted().forEach(version -> folders.add(version.resolve("bin")));
      }
    }
    return folders.stream()
        .map(folder -> folder.resolve("pgbench"))
        .filter(Files::isExecutable)
        .reduce((first, second) -> second)
        .orElseThrow(
            () ->
                new IOException(
                    "pgbench isn't installed. On Debian and Ubuntu: apt-get install postgresql."));
  }
}
