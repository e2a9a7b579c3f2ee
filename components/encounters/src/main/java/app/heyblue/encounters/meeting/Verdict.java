package app.heyblue.encounters.meeting;

import app.heyblue.tracking.Closeness;
import java.util.Locale;

/** What recent positions of the two said about their meeting; never the positions themselves. */
public enum Verdict {
  /** Both were known and near each other. */
  CONSISTENT,
  /** One of them wasn't known, or they weren't certain enough to tell. */
  UNKNOWN,
  /** The two can't have been together; nothing is paid, and the rules never see it. */
  CONTRADICTED;

  /** What tracking's answer means for a meeting that was proved. */
  public static Verdict of(Closeness closeness) {
    return switch (closeness) {
      case NEAR -> CONSISTENT;
      case UNKNOWN -> UNKNOWN;
      case APART -> CONTRADICTED;
    };
  }

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
