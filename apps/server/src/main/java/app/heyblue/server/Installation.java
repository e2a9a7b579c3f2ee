package app.heyblue.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this installation is and how it is reached, from the environment that the launcher reads.
 *
 * @param home the data folder: database, keys, spool ({@code HEYBLUE_HOME})
 * @param port the port that the server listens on ({@code HEYBLUE_PORT}, 8080)
 * @param databaseUrl another PostgreSQL ({@code HEYBLUE_DATABASE_URL}); embedded without it
 */
public record Installation(Path home, int port, Optional<String> databaseUrl) {
  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads the environment.
   *
   * @throws CommandFailure where a value can't be used
   */
  public static Installation of(Map<String, String> environment) {
    Optional<String> home = Optional.ofNullable(environment.get("HEYBLUE_HOME"));
    Path folder =
        home.filter(text -> !text.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".heyblue"));
    String port = environment.getOrDefault("HEYBLUE_PORT", String.valueOf(DEFAULT_PORT));
    return new Installation(
        folder.toAbsolutePath().normalize(),
        port(port),
        Optional.ofNullable(environment.get("HEYBLUE_DATABASE_URL")).filter(url -> !url.isBlank()));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same sentence as a number out of range.
    }
    throw new CommandFailure(
        "HEYBLUE_PORT is \"" + text + "\"; a port is a number from 1 to 65535.");
  }

  /** The address of the running server. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The token by which commands on this machine act as the operator, while a server runs. */
  public Optional<String> operatorToken() {
    Path file = home.resolve("run").resolve("operator.token");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }
}
