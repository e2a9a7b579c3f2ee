package app.heyblue.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Over which time a limit counts. */
public enum LimitWindow {
  /** The calendar day in the officer's time zone; UTC where no officer takes part. */
  CALENDAR_DAY("calendarDay"),
  ROLLING_24_HOURS("rolling24Hours"),
  TOTAL("total");

  private final String text;

  LimitWindow(String text) {
    this.text = text;
  }

  /**
   * Reads the form of the contract, for example {@code calendarDay}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static LimitWindow parse(String text) {
    for (LimitWindow window : values()) {
      if (window.text.equals(text)) {
        return window;
      }
    }
    throw new IllegalArgumentException("a window is one of calendarDay, rolling24Hours, total");
  }

  /** The form of the contract, also used in counter keys. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
