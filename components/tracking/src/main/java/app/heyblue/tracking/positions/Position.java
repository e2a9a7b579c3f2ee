package app.heyblue.tracking.positions;

import java.time.Instant;

/**
 * Where a device says that it was.
 *
 * @param latitude degrees on WGS 84, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param accuracyMeters radius within which the device is with 68 % certainty, 0 to 100,000
 * @param at when it was there
 */
public record Position(double latitude, double longitude, double accuracyMeters, Instant at) {
  /** The most positions at once. */
  public static final int MOST_AT_ONCE = 100;

  /** The largest accuracy that means anything. */
  public static final double WORST_ACCURACY = 100_000;

  /** A place never belongs in a log. */
  @Override
  public String toString() {
    return "Position";
  }
}
