package app.heyblue.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process listens on a port, as far as Linux tells ({@code proc(5)}). */
final class Listeners {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Listeners() {}

  /** "process 123 (nginx)"; empty where it can't be known. */
  static Optional<String> of(int port) {
    return socket(port).flatMap(Listeners::owner);
  }

  private static Optional<String> socket(int port) {
    String suffix = ":%04X".formatted(port);
    for (String table : List.of("net/tcp", "net/tcp6")) {
      try {
        for (String line : Files.readAllLines(PROC.resolve(table))) {
          String[] fields = line.strip().split("\\s+");
          if (fields.length > INODE
              && fields[ADDRESS].endsWith(suffix)
              && fields[STATE].equals(LISTENING)) {
            return Optional.of("socket:[" + fields[INODE] + "]");
          }
        }
      } catch (IOException e) {
        // Not there: then another system, or only the other table.
      }
    }
    return Optional.empty();
  }

  private static Optional<String> owner(String socket) {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), socket))
        .findFirst()
        .map(
            process ->
                "process %d (%s)"
                    .formatted(
                        process.pid(),
                        process
                            .info()
                            .command()
                            .map(command -> String.valueOf(Path.of(command).getFileName()))
                            .orElse("unknown")));
  }

  private static boolean holds(long pid, String socket) {
    try (Stream<Path> files = Files.list(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
      return files.anyMatch(file -> leadsTo(file, socket));
    } catch (IOException | RuntimeException e) {
      return false; // somebody else's, or gone
    }
  }

  private static boolean leadsTo(Path file, String socket) {
    try {
      return Files.readSymbolicLink(file).toString().equals(socket);
    } catch (IOException e) {
      return false;
    }
  }
}
