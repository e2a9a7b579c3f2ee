package app.heyblue.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a PostgreSQL server writes about itself into {@code postmaster.pid} of its data folder. */
record PostmasterFile(long pid, boolean ready) {

  /** The server that wrote the file, if there is one; it may have died since. */
  static Optional<PostmasterFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new PostmasterFile(
              Math.abs(Long.parseLong(lines.getFirst().strip())),
              lines.size() >= 8 && lines.get(7).strip().equals("ready")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The server's process while it lives. A process that got the same id later isn't taken for it:
   * it runs another program.
   */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .command()
                    .map(command -> Path.of(command).endsWith("bin/postgres"))
                    .orElse(false));
  }
}
