package app.heyblue.rules;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Over which time a limit counts. */
public enum LimitWindow {
  /** The calendar day in the officer's time zone; UTC where no officer takes part. */
  @JsonProperty("calendarDay")
  CALENDAR_DAY,
  @JsonProperty("rolling24Hours")
  ROLLING_24_HOURS,
  @JsonProperty("total")
  TOTAL
}
