package app.heyblue.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a hold is in its life; it leaves {@link #PLACED} once. */
public enum HoldStatus {
  @JsonProperty("placed")
  PLACED,
  @JsonProperty("collected")
  COLLECTED,
  @JsonProperty("released")
  RELEASED
}
