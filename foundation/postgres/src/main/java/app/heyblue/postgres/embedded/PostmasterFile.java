package app.heyblue.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL server writes about itself into {@code postmaster.pid} of its data directory
 * (described in PostgreSQL's {@code miscadmin.h}): its process id in the first line, its state in
 * the eighth. The file outlives a killed server.
 */
record PostmasterFile(Path file, long pid, boolean ready) {

  /** The file of a data directory; null where there is none, or not yet all of it. */
  static @Nullable PostmasterFile read(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(file);
      boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
      return lines.isEmpty()
          ? null
          : new PostmasterFile(file, Long.parseLong(lines.getFirst().strip()), ready);
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  /** The process that has the server's id now, if any: the server, or after it something else. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  /** The server while it lives. */
  Optional<ProcessHandle> server() {
    return process()
        .filter(
            process ->
                process
                    .info()
                    .command()
                    .filter(command -> Path.of(command).endsWith("bin/postgres"))
                    .isPresent());
  }
}
