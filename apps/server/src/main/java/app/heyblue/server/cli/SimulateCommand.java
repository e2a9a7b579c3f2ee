package app.heyblue.server.cli;

import app.heyblue.server.CommandFailure;
import app.heyblue.server.Installation;
import app.heyblue.simulator.Options;
import app.heyblue.simulator.Simulation;
import app.heyblue.simulator.SimulationFailure;
import app.heyblue.simulator.Standing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves people about on the running server. */
@Command(
    name = "simulate",
    description = {
      "Moves people about on the running server, which must have demo data: each with a token and a"
          + " live socket of their own. Those who aren't in the demo town yet join first.",
      "Ends with 0 unless there were errors. Ctrl-C ends it before its time."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private static final long GOODBYES_SECONDS = 15;

  @Option(names = "--civilians", defaultValue = "6", description = "How many (${DEFAULT-VALUE}).")
  private int civilians;

  @Option(names = "--officers", defaultValue = "3", description = "How many (${DEFAULT-VALUE}).")
  private int officers;

  @Option(names = "--minutes", description = "For how long, such as 0.5; without it, until Ctrl-C.")
  private @Nullable Double minutes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of all that is left to chance (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--server",
      description = "http://host:port, where it isn't this installation's own.")
  private @Nullable URI server;

  @Option(
      names = "--tracks",
      description =
          "Real tracks, as in deck.gl-data's nyc-trips.json; tracks/nyc-trips.json where it's"
              + " there, else streets that are nowhere.")
  private @Nullable Path tracks;

  @Option(
      names = "--every",
      defaultValue = "2",
      description = "Seconds from one position of a person to the next (${DEFAULT-VALUE}).")
  private double every;

  @Option(
      names = "--asks",
      defaultValue = "0.5",
      description = "The share of alerts after which a civilian asks (${DEFAULT-VALUE}).")
  private double asks;

  @Option(
      names = "--accepts",
      defaultValue = "0.6",
      description = "The share of requests that officers come and accept (${DEFAULT-VALUE}).")
  private double accepts;

  @Option(
      names = "--refuses",
      defaultValue = "0.2",
      description = "The share that officers refuse; the rest runs out (${DEFAULT-VALUE}).")
  private double refuses;

  @Option(
      names = "--publish-every",
      defaultValue = "30",
      description =
          "Seconds of the server's slow clock, to measure alerts by it (${DEFAULT-VALUE}).")
  private double publishEvery;

  @Option(
      names = "--dwell",
      defaultValue = "30",
      description = "Seconds of the rules' dwell, likewise (${DEFAULT-VALUE}).")
  private double dwell;

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    SimulationPrinter printer = new SimulationPrinter(System.out, System.console() != null);
    try {
      Simulation simulation = new Simulation(options(), printer, System::currentTimeMillis);
      Thread goodbye = new Thread(() -> end(simulation, ended), "heyblue-simulate-end");
      Runtime.getRuntime().addShutdownHook(goodbye);
      Standing standing = simulation.run();
      printer.sum(standing);
      return standing.isGood() ? 0 : 1;
    } catch (SimulationFailure e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } finally {
      printer.close();
      ended.countDown();
    }
  }

  private static void end(Simulation simulation, CountDownLatch ended) {
    simulation.stop();
    try {
      var _ = ended.await(GOODBYES_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Options options() {
    URI address = server == null ? Installation.of(System.getenv()).address() : server;
    return new Options(
        address,
        civilians,
        officers,
        Optional.ofNullable(minutes).map(length -> seconds(60 * length)),
        seed,
        seconds(every),
        asks,
        accepts,
        refuses,
        tracks == null
            ? Optional.of(Path.of("tracks", "nyc-trips.json")).filter(Files::exists)
            : Optional.of(tracks),
        seconds(publishEvery),
        seconds(dwell));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds));
  }
}
