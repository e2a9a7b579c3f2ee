package app.heyblue.scenarios;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data beside the checkout; a test that needs a file that is absent skips and says so. */
final class SharedData {
  private SharedData() {}

  static Path charities(String name) {
    return file("charities", name);
  }

  static Path tracks(String name) {
    return file("tracks", name);
  }

  private static Path file(String folder, String name) {
    Path file =
        Path.of(System.getProperty("heyblue.shared-data", "")).resolve(folder).resolve(name);
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
    return file;
  }
}
