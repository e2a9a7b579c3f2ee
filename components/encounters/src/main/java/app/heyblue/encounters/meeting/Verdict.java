package app.heyblue.encounters.meeting;

import java.util.Locale;

/** What recent positions of the two said about their meeting; never the positions themselves. */
public enum Verdict {
  /** Both were known and near each other. */
  CONSISTENT,
  /** One of them wasn't known. */
  UNKNOWN;

  /** The word that the rules and the database use. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #toString}. */
  public static Verdict parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
