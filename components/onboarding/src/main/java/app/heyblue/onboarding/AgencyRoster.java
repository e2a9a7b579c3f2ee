package app.heyblue.onboarding;

import java.util.List;

/** The agencies whose officers can join, and the badge numbers that they vouch for. */
public interface AgencyRoster {
  /** Adds the agency, or replaces what is known of the one with its id; its badges stay. */
  void put(Agency agency);

  /**
   * Adds a badge number; spaces, a leading {@code #} and case don't matter.
   *
   * @param agency an agency's id or name
   * @throws IllegalArgumentException where no such agency is on the roster
   */
  void addBadge(String agency, String badgeNumber);

  /** All agencies, by name. */
  List<Agency> agencies();
}
