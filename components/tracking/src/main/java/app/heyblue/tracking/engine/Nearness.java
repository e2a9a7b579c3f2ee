package app.heyblue.tracking.engine;

/**
 * What the rules say counts as near for one civilian and one officer at a moment.
 *
 * @param rings how many rings of cells around the civilian's are near, 0 to {@value #MOST_RINGS};
 *     -1 where nothing is
 * @param dwellSeconds how long the two must have been near before the civilian is alerted
 * @param alertsPerDay alerts that the civilian gets within 24 hours
 */
public record Nearness(int rings, int dwellSeconds, int alertsPerDay) {
  /** The most rings that a rule may say. */
  public static final int MOST_RINGS = 5;

  /** Nothing is near. */
  public static final Nearness NONE = new Nearness(-1, 0, 0);
}
