package app.heyblue.simulator.streets;

/** Somebody who moves, along a way or straight to somebody else. Not for several threads. */
public final class Walker {
  private final Way way;
  private final double fastest;
  private Place place;
  private int next;
  private int step = 1;

  /**
   * Stands at a place of a way.
   *
   * @param fastest metres per second that the walker doesn't exceed
   */
  public Walker(Way way, int start, double fastest) {
    this.way = way;
    this.fastest = fastest;
    this.place = way.places().get(start);
    this.next = start;
  }

  public Place place() {
    return place;
  }

  /** Goes on along the way, or back to it. */
  public void goOn(double seconds) {
    double left = seconds;
    // A way may have places that lie on each other.
    for (int i = 0; i < way.places().size() && left > 0; i++) {
      Place goal = way.places().get(next);
      double speed = Math.min(fastest, way.metersPerSecond().get(next));
      double needed = place.metersTo(goal) / speed;
      place = place.towards(goal, speed * left);
      left -= needed;
      if (left >= 0) {
        turn();
      }
    }
  }

  /** Leaves the way for somebody. */
  public void goTo(Place goal, double meters) {
    place = place.towards(goal, meters);
  }

  private void turn() {
    if (next + step < 0 || next + step >= way.places().size()) {
      step = -step;
    }
    next += step;
  }
}
