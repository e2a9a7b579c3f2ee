package app.heyblue.server.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What one check found.
 *
 * @param check its name
 * @param text what was found, and where something is wrong what to do; never a secret
 */
record Finding(String check, State state, String text) {
  /** How bad it is. */
  enum State {
    OK,
    /** It works, and won't for long or not as well as it should. */
    WARNING,
    /** It doesn't work, or what people trust in isn't kept. */
    SICK;

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String check, String text) {
    return new Finding(check, State.OK, text);
  }

  static Finding warning(String check, String text) {
    return new Finding(check, State.WARNING, text);
  }

  static Finding sick(String check, String text) {
    return new Finding(check, State.SICK, text);
  }
}
