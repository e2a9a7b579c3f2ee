package app.heyblue.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests stand in. */
final class Repository {
  private Repository() {}

  /** The folder that holds {@code mvnw}. */
  static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new AssertionError("no checkout around " + start);
  }

  /**
   * Checks that a generated file says what the code says; {@code -Dheyblue.docs=write} writes it
   * instead.
   */
  static void requireUpToDate(String file, String expected) {
    Path path = root().resolve(file);
    try {
      if ("write".equals(System.getProperty("heyblue.docs"))) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, expected);
      }
      assertThat(path)
          .as(
              "generated; write it anew with ./mvnw -pl quality/architecture -am test -Dheyblue.docs=write")
          .exists()
          .content()
          .isEqualTo(expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
