package app.heyblue.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * What the server says during one run, at the end of its log file.
 *
 * @param from where the run begins, in bytes
 */
record ServerLog(Path file, long from) {
  private static final long LIMIT = 10_000_000;
  private static final int EXCERPT = 20_000;

  /** Begins another run; a large file is set aside first, in place of the one before it. */
  static ServerLog begin(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new ServerLog(file, 0);
    }
    if (Files.size(file) > LIMIT) {
      Path aside = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return new ServerLog(file, 0);
    }
    return new ServerLog(file, Files.size(file));
  }

  /** Why the server ended: its last words. */
  String reason() throws IOException {
    List<String> lines = lines();
    return lines.stream()
        .filter(line -> line.contains(" FATAL: "))
        .findFirst()
        .map(line -> line.replaceFirst("^.* FATAL: +", ""))
        .orElse(lines.isEmpty() ? "it said nothing" : Objects.requireNonNull(lines.getLast()));
  }

  private List<String> lines() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      return new String(in.readNBytes(EXCERPT), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }
}
