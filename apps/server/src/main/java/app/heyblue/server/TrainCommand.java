package app.heyblue.server;

import app.heyblue.server.tour.TourCommand;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts the server on data of its own, walks through the main job and stops: what the JVM records
 * its AOT cache from. The launcher calls it; see docs/decisions/0017-the-cache-is-trained.md.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Runs once through everything, to record the JVM's AOT cache.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Parameters(paramLabel = "FOLDER", description = "An empty folder for the run's data.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    Installation installation = here(folder);
    Thread visitor = new Thread(() -> visit(installation), "heyblue-train");
    visitor.setDaemon(true);
    visitor.start();
    return RunCommand.run(installation, false);
  }

  private static Installation here(Path folder) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      return new Installation(
          folder.toAbsolutePath().normalize(),
          loopback,
          free.getLocalPort(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  private static void visit(Installation installation) {
    int status = 1;
    try {
      awaitReady(installation.client());
      TourCommand.walk(installation);
      installation.client().get("/openapi", null).orFail();
      status = 0;
    } catch (RuntimeException e) {
      System.err.println("The training run stops: " + e.getMessage());
    } finally {
      Quarkus.asyncExit(status);
    }
  }

  private static void awaitReady(ApiClient api) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (api.get("/health/ready", null).isSuccess()) {
          return;
        }
      } catch (CommandFailure notYet) {
        // It doesn't listen yet.
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailure("The server isn't ready.");
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
