package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Who is near whom. Positions come in, events come out; it has no clock, thread or storage of its
 * own and can be used by many threads at once.
 */
public final class ProximityEngine {
  /**
   * An empty engine.
   *
   * @param cellResolution of H3, 0 to 10: how coarsely officers' places are published
   */
  public ProximityEngine(int cellResolution, NearnessPolicy policy) {}

  /** Takes in where a civilian is. */
  public List<ProximityEvent> civilianAt(UserId civilian, Fix fix, Instant now) {
    return List.of();
  }

  /** Forgets a civilian altogether. */
  public List<ProximityEvent> civilianGone(UserId civilian) {
    return List.of();
  }

  /** Takes in where an officer is; nobody can tell before the next {@link #publish}. */
  public void officerAt(UserId officer, String zone, Fix fix) {}

  /** Forgets an officer, at once and altogether. */
  public List<ProximityEvent> officerGone(UserId officer) {
    return List.of();
  }

  /** The slow clock: publishes the cells of all officers anew, with hysteresis. */
  public List<ProximityEvent> publish(Instant now) {
    return List.of();
  }

  /** What is due by now: dwells that are over, positions that are too old. */
  public List<ProximityEvent> pass(Instant now) {
    return List.of();
  }

  /**
   * The officers near a civilian, nearest first; empty where the civilian's position is too old.
   */
  public List<NearOfficer> nearby(UserId civilian, Instant now) {
    return List.of();
  }

  /** Whether the two are near by their cells. */
  public boolean isNear(UserId civilian, UserId officer, Instant now) {
    return false;
  }

  /**
   * Metres between the latest positions of the two, less both accuracies, at least 0; empty where
   * one is unknown or too old.
   */
  public OptionalDouble gap(UserId civilian, UserId officer, Instant now) {
    return OptionalDouble.empty();
  }
}
