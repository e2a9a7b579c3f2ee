package app.heyblue.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a simulation shall be like.
 *
 * @param server {@code http://host:port} of a running one with demo data
 * @param length how long people move about; until it's stopped where it's empty
 * @param seed of everything that is left to chance, apart from the network's times
 * @param every how often each says where they are
 * @param asks the share of alerts after which a civilian asks, 0 to 1
 * @param accepts the share of requests that an officer goes and accepts
 * @param refuses the share that an officer refuses; the rest is left to run out
 * @param tracks a file of real ones; streets that are nowhere without it
 * @param tick how often the server publishes officers' cells, to measure alerts by
 * @param dwell for how long the rules let alerts wait, to measure alerts by
 */
public record Options(
    URI server,
    int civilians,
    int officers,
    Optional<Duration> length,
    long seed,
    Duration every,
    double asks,
    double accepts,
    double refuses,
    Optional<Path> tracks,
    Duration tick,
    Duration dwell) {
  /**
   * Checks them.
   *
   * @throws SimulationFailure with what to do
   */
  public Options {
    if (!"http".equals(server.getScheme()) || server.getHost() == null || server.getPort() < 0) {
      throw new SimulationFailure(
          "The server is given as http://host:port; with TLS nobody can be moved about: start one"
              + " without it, in a HEYBLUE_HOME of its own.");
    }
    if (civilians < 0 || officers < 0 || civilians + officers == 0) {
      throw new SimulationFailure("At least one person is needed: --civilians 6 --officers 3");
    }
    if (asks < 0 || asks > 1 || accepts < 0 || refuses < 0 || accepts + refuses > 1) {
      throw new SimulationFailure(
          "Shares lie between 0 and 1, those of accepted and refused requests also together.");
    }
    if (every.toMillis() < 100 || tick.toMillis() < 1) {
      throw new SimulationFailure("A position each tenth of a second is the most.");
    }
  }
}
