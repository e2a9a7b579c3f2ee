package app.heyblue.rules.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RulesReferenceIT {
  /** {@code -Dheyblue.docs=write} writes the file instead. */
  @Test
  void theReferenceSaysWhatTheSchemasSay() throws IOException {
    Path file = root().resolve("docs/reference/rules.md");
    if ("write".equals(System.getProperty("heyblue.docs"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, RulesReference.markdown());
    }

    assertThat(file)
        .as("generated; write it anew with -Dheyblue.docs=write")
        .exists()
        .content()
        .isEqualTo(RulesReference.markdown());
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not in the repository");
    }
    return folder;
  }
}
