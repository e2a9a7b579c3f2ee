package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.security.House;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PwnedFileIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 1000})
  void findsEachLineAndNoOther(int lines) throws Exception {
    for (String end : List.of("\n", "\r\n")) {
      PwnedFile file = file(lines, end);
      for (int i = 0; i < lines; i++) {
        assertThat(file.contains("breached " + i)).as("line of " + i).isTrue();
        assertThat(file.contains("other " + i)).isFalse();
      }
      assertThat(file.contains("other")).isFalse();
    }
  }

  @Test
  void whatTheOperatorSuppliesIsRefusedToo() throws Exception {
    file(100, "\n");
    BreachedPasswords breached =
        new BreachedPasswords(
            House.config(folder).withBreachedPasswords(folder.resolve("pwned.txt")));

    assertThatThrownBy(() -> breached.refuse("breached 42", "ada@example.org"))
        .isInstanceOf(ProblemException.class);
    breached.refuse("breached nowhere", "ada@example.org");
  }

  @Test
  void aFileThatIsMissingKeepsNobodyOut() {
    assertThat(new PwnedFile(folder.resolve("missing.txt")).contains("anything")).isFalse();
  }

  private PwnedFile file(int lines, String end) throws IOException {
    Path path = folder.resolve("pwned.txt");
    String text =
        String.join(
            "",
            IntStream.range(0, lines)
                .mapToObj(i -> sha1("breached " + i) + ":" + (i * 7919 + 1) + end)
                .sorted()
                .toList());
    Files.writeString(path, text);
    return new PwnedFile(path);
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
