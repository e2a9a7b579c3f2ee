package app.heyblue.onboarding.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What came of asking a validator. */
public enum Conclusion {
  VERIFIED,
  REJECTED,
  UNDECIDED,
  /** It didn't answer, or is known not to at the moment. */
  UNAVAILABLE;

  /** As it is stored and answered. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the stored form. */
  public static Conclusion of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
