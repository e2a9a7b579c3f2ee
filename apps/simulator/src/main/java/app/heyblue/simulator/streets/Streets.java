package app.heyblue.simulator.streets;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways through a town of square blocks that is nowhere. */
public final class Streets {
  private static final Place CORNER = new Place(41.14, -104.82);
  private static final double BLOCK_METERS = 100;
  private static final int SMALLEST = 12;
  private static final int CORNERS = 60;
  private static final double SLOWEST = 5;
  private static final double FASTEST = 13;

  private Streets() {}

  /** Makes ways, in a town that is large enough for so many people not to be a crowd. */
  public static List<Way> ways(RandomGenerator random, int count, int people) {
    int blocks = Math.max(SMALLEST, (int) (4 * Math.sqrt(people)));
    List<Way> ways = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ways.add(way(random, blocks));
    }
    return ways;
  }

  private static Way way(RandomGenerator random, int blocks) {
    int north = random.nextInt(blocks + 1);
    int east = random.nextInt(blocks + 1);
    int heading = random.nextInt(4);
    List<Place> places = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    while (places.size() < CORNERS) {
      places.add(CORNER.plus(north * BLOCK_METERS, east * BLOCK_METERS));
      speeds.add(random.nextDouble(SLOWEST, FASTEST));
      int turned = Math.floorMod(heading + random.nextInt(-1, 2), 4);
      int northward = north + (turned % 2 == 0 ? 1 - turned : 0);
      int eastward = east + (turned % 2 == 1 ? 2 - turned : 0);
      boolean inside = northward >= 0 && northward <= blocks && eastward >= 0 && eastward <= blocks;
      heading = inside ? turned : Math.floorMod(heading + 1, 4);
      north = inside ? northward : north;
      east = inside ? eastward : east;
    }
    return new Way(places, speeds);
  }
}
