package app.heyblue.tracking.engine;

/** Distances on a sphere, good to half a percent: for speeds and for borders between cells. */
final class Earth {
  private static final double RADIUS_METERS = 6_371_008.8;

  private Earth() {}

  /** Metres along the great circle, by the haversine. */
  static double meters(double latitude, double longitude, double latitude2, double longitude2) {
    double south = Math.toRadians(latitude);
    double north = Math.toRadians(latitude2);
    double up = Math.sin((north - south) / 2);
    double along = Math.sin(Math.toRadians(longitude2 - longitude) / 2);
    double h = up * up + Math.cos(south) * Math.cos(north) * along * along;
    return 2 * RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
  }
}
