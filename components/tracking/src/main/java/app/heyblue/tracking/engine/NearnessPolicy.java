package app.heyblue.tracking.engine;

import java.time.Instant;

/**
 * What counts as near; asked only where an officer is within the most rings that a rule may say.
 */
@FunctionalInterface
public interface NearnessPolicy {
  /**
   * Decides.
   *
   * @param officerZone IANA zone of the officer's agency
   * @param civilianSpeed metres per second, 0 where it isn't known yet
   */
  Nearness decide(Instant now, String officerZone, double civilianSpeed);
}
