package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the PostgreSQL server, under a shell that stops it when this process ends: the shell's
 * guard waits for its standard input to close.
 */
public final class Server {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOG_LIMIT = 10_000_000;

  private final Process supervisor;
  private final long pid;

  private Server(Process supervisor, long pid) {
    this.supervisor = supervisor;
    this.pid = pid;
  }

  /** The server didn't start; the message is what it said last. */
  public static final class DidNotStart extends Exception {
    DidNotStart(String said) {
      super(said);
    }
  }

  /** Starts the server and waits until it answers, as long as recovery after a crash takes. */
  public static Server start(Home home, Programs programs, int port, Map<String, String> settings)
      throws IOException, InterruptedException, DidNotStart {
    endLeftover(home);
    long logged = rotateLog(home.log());
    List<String> arguments = new ArrayList<>(List.of("-D", home.data().toString()));
    arguments.addAll(Settings.arguments(port, settings));
    List<String> command = new ArrayList<>(detached());
    command.addAll(List.of("/bin/sh", "-c", script(), "heyblue-postgres"));
    command.addAll(programs.command("postgres", arguments));
    Process supervisor =
        Programs.environment(new ProcessBuilder(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()))
            .start();
    while (supervisor.isAlive()) {
      PostmasterFile file = PostmasterFile.read(home.data()).orElse(null);
      if (file != null && file.ready() && file.process().isPresent()) {
        return new Server(supervisor, file.pid());
      }
      supervisor.waitFor(10, TimeUnit.MILLISECONDS);
    }
    throw new DidNotStart(lastLine(home.log(), logged));
  }

  /** The server's process id. */
  public long pid() {
    return pid;
  }

  public boolean isAlive() {
    return supervisor.isAlive();
  }

  /** Returns when the server has ended. */
  public void awaitEnd() throws InterruptedException {
    supervisor.waitFor();
  }

  /** Has the server finish, and waits for it; kills it after half a minute. */
  public void stop() throws InterruptedException {
    try {
      supervisor.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!supervisor.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      supervisor.waitFor();
    }
  }

  /**
   * Waits for a server that an earlier run left behind on this data, having asked it to finish in
   * case its guard died too.
   */
  private static void endLeftover(Home home) throws IOException, InterruptedException {
    @Nullable ProcessHandle leftover =
        PostmasterFile.read(home.data()).flatMap(PostmasterFile::process).orElse(null);
    if (leftover == null) {
      return;
    }
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + leftover.pid()).start().waitFor();
    try {
      leftover.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new StartupFailure(
          ("The PostgreSQL of an earlier run (process %d) still uses %s after %d seconds. Wait"
                  + " until it has ended, or end it, and start again.")
              .formatted(leftover.pid(), home.data(), PATIENCE.toSeconds()),
          e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** A session of its own, where the system has the command, keeps Ctrl-C from the server. */
  private static List<String> detached() {
    return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
  }

  private static String script() throws IOException {
    try (InputStream in = Server.class.getResourceAsStream("supervise.sh")) {
      if (in == null) {
        throw new IOException("supervise.sh is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The log's size now, after a large one was set aside. */
  private static long rotateLog(Path log) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    if (Files.size(log) > LOG_LIMIT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      return 0;
    }
    return Files.size(log);
  }

  private static String lastLine(Path log, long from) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int start = (int) Math.min(from, all.length);
    return new String(all, start, all.length - start, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("FATAL:") || line.contains("ERROR:"))
        .findFirst()
        .map(line -> line.replaceFirst(".*(FATAL|ERROR): +", ""))
        .orElse("see " + log);
  }
}
