package app.heyblue.simulator.streets;

import java.util.List;

/**
 * A way that somebody goes, to its end and back again.
 *
 * @param places at least two
 * @param metersPerSecond how fast a car goes on the way to the place of the same number
 */
public record Way(List<Place> places, List<Double> metersPerSecond) {
  public Way {
    if (places.size() < 2 || places.size() != metersPerSecond.size()) {
      throw new IllegalArgumentException("a way has at least two places, each with a speed");
    }
    places = List.copyOf(places);
    metersPerSecond = List.copyOf(metersPerSecond);
  }
}
