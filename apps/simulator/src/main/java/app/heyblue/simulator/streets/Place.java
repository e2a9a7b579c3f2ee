package app.heyblue.simulator.streets;

/**
 * A place of a person who doesn't exist.
 *
 * @param latitude in degrees
 * @param longitude in degrees
 */
public record Place(double latitude, double longitude) {
  private static final double METERS_PER_DEGREE = 111_195;

  /** Good enough for a town: on a sphere that is flat there. */
  public double metersTo(Place other) {
    return METERS_PER_DEGREE
        * Math.hypot(
            other.latitude - latitude,
            (other.longitude - longitude) * Math.cos(Math.toRadians(latitude)));
  }

  /** So many metres from here on the straight way to another place, and not beyond it. */
  public Place towards(Place other, double meters) {
    double whole = metersTo(other);
    double part = whole <= meters ? 1 : meters / whole;
    return new Place(
        latitude + part * (other.latitude - latitude),
        longitude + part * (other.longitude - longitude));
  }

  /** Metres to the north and to the east of here. */
  public Place plus(double north, double east) {
    return new Place(
        latitude + north / METERS_PER_DEGREE,
        longitude + east / (METERS_PER_DEGREE * Math.cos(Math.toRadians(latitude))));
  }
}
