package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of the PostgreSQL server, under a shell ({@code supervise.sh}) whose guard stops it when
 * this process ends.
 */
public final class Server {
  private static final long PATIENCE_SECONDS = 30;
  private static final long POLL_MILLIS = 10;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Process supervisor;
  private final long pid;

  private Server(Process supervisor, long pid) {
    this.supervisor = supervisor;
    this.pid = pid;
  }

  /** The server ended before it was ready; the message is what it said last. */
  public static final class DidNotStart extends Exception {
    DidNotStart(String said) {
      super(said);
    }

    /** Whether it helps to wait: what an earlier server held isn't free yet. */
    public boolean passes() {
      String said = String.valueOf(getMessage());
      return said.contains("pre-existing shared memory block")
          || said.contains("lock file")
          || said.contains("could not create any TCP/IP sockets");
    }
  }

  /**
   * Starts the server and returns when it's ready, which after a crash takes as long as the
   * recovery.
   *
   * @throws StartupFailure if an earlier server on these data doesn't end
   */
  public static Server start(Home home, Programs programs, int port, Map<String, String> settings)
      throws IOException, InterruptedException, DidNotStart {
    endLeftover(home);
    ServerLog log = ServerLog.begin(home.log());
    Process supervisor =
        Programs.environment(new ProcessBuilder(command(home, programs, port, settings)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()))
            .start();
    try {
      while (!supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        PostmasterFile file = PostmasterFile.read(home.data());
        if (file != null && file.ready() && file.server().isPresent()) {
          return new Server(supervisor, file.pid());
        }
      }
    } catch (InterruptedException e) {
      supervisor.getOutputStream().close();
      supervisor.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw e;
    }
    throw new DidNotStart(log.reason());
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

  /** Has the server finish and waits for it, at most half a minute; then it's killed. */
  public void stop() throws InterruptedException {
    try {
      supervisor.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!supervisor.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      supervisor.waitFor();
    }
  }

  /**
   * Waits for a server that an earlier run left on these data. It's asked to finish, in case its
   * guard was killed too.
   */
  private static void endLeftover(Home home) throws IOException, InterruptedException {
    PostmasterFile file = PostmasterFile.read(home.data());
    if (file == null || file.process().isEmpty()) {
      return;
    }
    ProcessHandle leftover = file.server().orElse(null);
    if (leftover == null) {
      // After a restart of the machine another program has the id; PostgreSQL would wait for it.
      Files.deleteIfExists(file.file());
      return;
    }
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + leftover.pid()).start().waitFor();
    try {
      leftover.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartupFailure(
          ("The PostgreSQL of an earlier run (process %d) still uses %s after %d seconds; start"
                  + " again when it has ended.")
              .formatted(leftover.pid(), home.data(), PATIENCE_SECONDS),
          e);
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** In a session of its own where the system can: Ctrl-C is then for us, not for the server. */
  private static List<String> command(
      Home home, Programs programs, int port, Map<String, String> settings) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-D", home.data().toString()));
    arguments.addAll(Settings.always(port, settings));
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(List.of("/bin/sh", "-c", script(), "heyblue-postgres"));
    command.addAll(programs.command("postgres", arguments));
    return command;
  }

  private static String script() throws IOException {
    try (InputStream in = Server.class.getResourceAsStream("supervise.sh")) {
      if (in == null) {
        throw new IOException("the build lacks supervise.sh");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
