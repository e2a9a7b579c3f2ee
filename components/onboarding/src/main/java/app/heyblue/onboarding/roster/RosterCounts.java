package app.heyblue.onboarding.roster;

/**
 * What came of a roster file.
 *
 * @param agencies in the file
 * @param badges in the file
 * @param added badges that weren't on the roster
 * @param removed badges of these agencies that are no longer on it; who joined with one stays
 */
public record RosterCounts(int agencies, int badges, int added, int removed) {}
