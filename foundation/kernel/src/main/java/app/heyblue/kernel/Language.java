package app.heyblue.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A language that we write to people in, as BCP 47 names it. */
public enum Language {
  EN,
  ES;

  /**
   * Reads {@code en} or {@code es}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static Language parse(String text) {
    for (Language language : values()) {
      if (language.toString().equals(text)) {
        return language;
      }
    }
    throw new IllegalArgumentException("a locale is en or es");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
