package app.heyblue.testing;

import app.heyblue.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PostgreSQL server of this JVM's tests, in a temporary folder that goes with it. Its programs
 * are unpacked once for each user of the machine. It keeps nothing through a power cut, and
 * needn't.
 */
final class SharedPostgres {
  private static final Path ROOT =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "heyblue-tests-" + System.getProperty("user.name", "nobody"));
  private static final Path HOMES = ROOT.resolve("homes");
  private static final Map<String, String> SETTINGS =
      Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "300");
  private static final EmbeddedPostgres SERVER = start();

  private SharedPostgres() {}

  static EmbeddedPostgres server() {
    return SERVER;
  }

  private static EmbeddedPostgres start() {
    try {
      Files.createDirectories(HOMES);
      removeLeftovers();
      Path home = Files.createTempDirectory(HOMES, "");
      EmbeddedPostgres postgres = EmbeddedPostgres.start(home, ROOT.resolve("binaries"), SETTINGS);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    remove(home);
                  },
                  "heyblue-test-postgres-stop"));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Killed JVMs leave their folders; the locks of living ones are held. */
  private static void removeLeftovers() throws IOException {
    try (Stream<Path> homes = Files.list(HOMES)) {
      for (Path home : homes.toList()) {
        Path lock = home.resolve("postgres").resolve("lock");
        if (Files.exists(lock) && isFree(lock)) {
          remove(home);
        }
      }
    }
  }

  private static boolean isFree(Path lock) throws IOException {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock taken = channel.tryLock()) {
      return taken != null;
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
