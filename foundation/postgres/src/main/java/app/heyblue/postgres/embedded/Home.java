package app.heyblue.postgres.embedded;

import java.nio.file.Path;

/**
 * Where everything of the embedded database lies.
 *
 * @param root the folder that holds it all
 */
public record Home(Path root) {
  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** PostgreSQL's own data directory. */
  public Path data() {
    return root.resolve("data");
  }

  /** PostgreSQL's programs, one folder for each version. */
  public Path binaries() {
    return root.resolve("binaries");
  }

  Path password() {
    return root.resolve("password");
  }

  Path port() {
    return root.resolve("port");
  }

  public Path lock() {
    return root.resolve("lock");
  }

  Path log() {
    return root.resolve("postgres.log");
  }
}
