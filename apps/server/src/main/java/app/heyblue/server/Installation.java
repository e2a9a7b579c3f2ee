package app.heyblue.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this installation is and how it is reached, from the environment that the launcher reads.
 *
 * @param home the data folder: database, keys, spool ({@code HEYBLUE_HOME})
 * @param host the address that the server listens on ({@code HEYBLUE_HOST}, loopback)
 * @param port the port that the server listens on ({@code HEYBLUE_PORT}, 8080)
 * @param tls certificate and key ({@code HEYBLUE_TLS_CERT}, {@code HEYBLUE_TLS_KEY})
 * @param trustedProxy the networks of proxies that are believed ({@code HEYBLUE_TRUSTED_PROXY})
 * @param databaseUrl another PostgreSQL ({@code HEYBLUE_DATABASE_URL}); embedded without it
 */
public record Installation(
    Path home,
    InetAddress host,
    int port,
    Optional<TlsFiles> tls,
    Optional<String> trustedProxy,
    Optional<String> databaseUrl) {
  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads the environment.
   *
   * @throws CommandFailure where a value can't be used
   */
  public static Installation of(Map<String, String> environment) {
    Path folder =
        set(environment, "HEYBLUE_HOME")
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".heyblue"));
    return new Installation(
        folder.toAbsolutePath().normalize(),
        host(set(environment, "HEYBLUE_HOST").orElse("127.0.0.1")),
        port(set(environment, "HEYBLUE_PORT").orElse(String.valueOf(DEFAULT_PORT))),
        TlsFiles.of(
            set(environment, "HEYBLUE_TLS_CERT").map(Path::of),
            set(environment, "HEYBLUE_TLS_KEY").map(Path::of)),
        set(environment, "HEYBLUE_TRUSTED_PROXY"),
        set(environment, "HEYBLUE_DATABASE_URL"));
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static InetAddress host(String text) {
    try {
      return InetAddress.getByName(text.strip());
    } catch (UnknownHostException e) {
      throw new CommandFailure(
          "HEYBLUE_HOST is \""
              + text
              + "\", which is no address of this machine; 0.0.0.0 stands for all of them.");
    }
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

  /** The address of the running server, seen from this machine. */
  public URI address() {
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    return URI.create(
        (tls.isPresent() ? "https://" : "http://")
            + (name.contains(":") ? "[" + name + "]" : name)
            + ":"
            + port);
  }

  /** Talks to the running server. */
  public ApiClient client() {
    return new ApiClient(address(), tls);
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

  /** {@link #operatorToken} where a server has to run. */
  public String requireOperatorToken() {
    return operatorToken()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "No HeyBlue is running on the data in "
                        + home
                        + ". Start it in another terminal: ./heyblue run"));
  }
}
