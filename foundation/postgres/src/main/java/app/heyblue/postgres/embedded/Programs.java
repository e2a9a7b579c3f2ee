package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's programs. They refuse to run as root: where HeyBlue itself runs as root, they
 * run in a user namespace in which it is nobody ({@code unshare -U}), on the same files.
 */
public final class Programs {
  private static final List<String> WITHOUT_ROOT = List.of("unshare", "-U", "--");

  private final Path bin;
  private final List<String> prefix;

  private Programs(Path bin, List<String> prefix) {
    this.bin = bin;
    this.prefix = prefix;
  }

  /** The programs in a folder. */
  public static Programs in(Path binaries) {
    boolean root = new UnixSystem().getUid() == 0;
    return new Programs(binaries.resolve("bin"), root ? WITHOUT_ROOT : List.of());
  }

  /**
   * Asks whether root's rights can be given up where they must.
   *
   * @throws StartupFailure where they can't
   */
  public void requireUsable() {
    if (prefix.isEmpty()) {
      return;
    }
    List<String> probe = new ArrayList<>(prefix);
    probe.add("true");
    try {
      run(probe, "");
    } catch (IOException e) {
      throw new StartupFailure(
          "PostgreSQL refuses to run as root, and this system doesn't let HeyBlue give up root's"
              + " rights (`unshare -U` fails). Start HeyBlue as another user, or set"
              + " HEYBLUE_DATABASE_URL to a PostgreSQL of yours.",
          e);
    }
  }

  /** The command that becomes the program, in the process that runs it. */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException with what it said, if it failed
   */
  void run(String program, List<String> arguments, String input) throws IOException {
    run(command(program, arguments), input);
  }

  private static void run(List<String> command, String input) throws IOException {
    Process process = environment(new ProcessBuilder(command)).redirectErrorStream(true).start();
    try {
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(said.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Leaves out what would lead PostgreSQL elsewhere, and has it speak English. */
  static ProcessBuilder environment(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }
}
