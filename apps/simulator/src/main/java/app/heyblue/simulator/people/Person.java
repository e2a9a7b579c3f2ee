package app.heyblue.simulator.people;

import java.util.Map;

/**
 * Somebody who can sign in.
 *
 * @param signInPath where
 * @param credentials what is sent there
 */
public record Person(boolean isOfficer, String signInPath, Map<String, String> credentials) {
  @Override
  public String toString() {
    return isOfficer ? "an officer" : "a civilian";
  }
}
