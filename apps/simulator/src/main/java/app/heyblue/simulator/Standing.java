package app.heyblue.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * How a simulation stands.
 *
 * @param time since everybody was ready
 * @param sockets that are open and signed in
 * @param positions that were sent
 * @param positionsPerSecond of the last second, or of all at the end
 * @param alerts that told civilians of an officer
 * @param asked requests that the server took
 * @param accepted acceptances that the server took
 * @param confirmed meetings that civilians were told to be paid
 * @param points that people were told to have earned
 * @param refused requests that officers refused
 * @param answers by the slug of the problem: where the server said no, which is no error
 * @param errors by the slug of the problem
 * @param away whether the server can't be reached now
 * @param alertMillis from the moment when the dwell was over to the alert, of civilians who stood
 *     still
 * @param celebrationMillis from a request to its celebration, the way of the officer included
 * @param acceptanceMillis from an acceptance to the celebration, both people's
 */
public record Standing(
    Duration time,
    int sockets,
    long positions,
    double positionsPerSecond,
    long alerts,
    long asked,
    long accepted,
    long confirmed,
    long points,
    long refused,
    Map<String, Long> answers,
    Map<String, Long> errors,
    boolean away,
    Times alertMillis,
    Times celebrationMillis,
    Times acceptanceMillis) {
  /** How long something took, in milliseconds; 0 where it never happened. */
  public record Times(int count, double p50, double p99) {}

  /** Whether all went well. */
  public boolean isGood() {
    return errors.isEmpty() && !away;
  }
}
