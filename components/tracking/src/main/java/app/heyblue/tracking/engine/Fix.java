package app.heyblue.tracking.engine;

import java.time.Instant;

/**
 * Where a device said it was.
 *
 * @param latitude degrees on WGS 84, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param accuracyMeters radius within which the device is with 68 % certainty, above 0
 * @param at when it was there
 */
public record Fix(double latitude, double longitude, double accuracyMeters, Instant at) {
  /** A place never belongs in a log. */
  @Override
  public String toString() {
    return "Fix";
  }
}
