package app.heyblue.testing;

import app.heyblue.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PostgreSQL server of this JVM's tests, in a temporary folder. Its programs are unpacked once
 * for each user of the machine. It keeps nothing through a power cut, and needn't.
 */
final class SharedPostgres {
  private static final Path ROOT =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "heyblue-tests-" + System.getProperty("user.name", "nobody"));
  private static final EmbeddedPostgres SERVER = start();

  private SharedPostgres() {}

  static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(SERVER.port(), database, SERVER.user(), SERVER.password());
  }

  private static EmbeddedPostgres start() {
    try {
      Files.createDirectories(ROOT);
      Path home = Files.createTempDirectory(ROOT, "home-");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(
              home,
              ROOT.resolve("binaries"),
              Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "200"));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    remove(home);
                  }));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
