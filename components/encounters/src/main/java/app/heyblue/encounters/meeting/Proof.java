package app.heyblue.encounters.meeting;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a meeting was proved. */
public enum Proof {
  /** The officer scanned the civilian's code. */
  QR,
  /** The civilian asked, the officer accepted, and they were near each other. */
  REQUEST;

  /** The word that the rules, the database and the contract use. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #toString}. */
  public static Proof parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
