package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's programs. They refuse to run as root: where HeyBlue itself runs as root, they
 * run in a user namespace in which it is nobody ({@code unshare -U}), on the same files.
 */
public final class Programs {
  private final Path bin;
  private final List<String> prefix;

  private Programs(Path bin, List<String> prefix) {
    this.bin = bin;
    this.prefix = prefix;
  }

  public static Programs of(Path binaries) {
    boolean root = new UnixSystem().getUid() == 0;
    if (root && !succeeds(List.of("unshare", "-U", "true"))) {
      throw new StartupFailure(
          "PostgreSQL refuses to run as root, and this system doesn't let HeyBlue give up root's"
              + " rights (`unshare -U` fails). Start HeyBlue as another user, or set"
              + " HEYBLUE_DATABASE_URL to a PostgreSQL of yours.");
    }
    return new Programs(
        binaries.resolve("bin"), root ? List.of("unshare", "-U", "--") : List.<String>of());
  }

  /** The command that becomes the program, in the process that runs it. */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs the program to its end.
   *
   * @param doing completes the sentence "HeyBlue can't …"
   */
  void run(String doing, String program, List<String> arguments, String input) {
    try {
      Process process =
          environment(new ProcessBuilder(command(program, arguments)))
              .redirectErrorStream(true)
              .start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int status = process.waitFor();
      if (status != 0) {
        throw new StartupFailure("HeyBlue can't %s: %s".formatted(doing, output));
      }
    } catch (IOException e) {
      throw new StartupFailure("HeyBlue can't %s: %s".formatted(doing, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("HeyBlue was interrupted.", e);
    }
  }

  /** Leaves out what would lead PostgreSQL elsewhere, and has it speak English. */
  static ProcessBuilder environment(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("LANG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
