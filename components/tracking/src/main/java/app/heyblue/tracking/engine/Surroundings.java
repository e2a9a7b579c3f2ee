package app.heyblue.tracking.engine;

import java.util.Arrays;
import java.util.List;

/**
 * The cells that officers are published in, and around each of them the cells within {@link
 * Nearness#MOST_RINGS}: a civilian in any other cell is told at once to be far from everybody.
 * Occupied cells are numbered from 0. Not for several threads at once.
 */
final class Surroundings {
  static final int NONE = -1;

  /** The zone of a cell whose officers have several. */
  static final int MIXED = -1;

  private static final int RING_BITS = 3;
  private static final int RING_MASK = (1 << RING_BITS) - 1;

  private final Cells cells;

  /** The number of each occupied cell, and the first sight from each cell around one. */
  private final CellTable occupied = new CellTable();

  private final CellTable sights = new CellTable();

  /** Of an occupied cell, its first officer plus one; of a free number, the next free. */
  private int[] firstOfficer = new int[0];

  /** Of an occupied cell, the zone that all officers in it have, or {@link #MIXED}. */
  private int[] zone = new int[0];

  private int end;
  private int free = NONE;

  /** Each officer's next and former in the same cell, plus one. */
  private int[] next = new int[0];

  private int[] former = new int[0];

  /** What is seen from a cell: the number of an occupied one and the rings between; the next. */
  private int[] seen = new int[0];

  private int[] nextSight = new int[0];
  private int endOfSights;
  private int freeSight = NONE;

  Surroundings(Cells cells) {
    this.cells = cells;
  }

  /** Puts an officer in a cell, with the number of its zone. */
  void add(int officer, long where, int zoneNumber) {
    int number = occupied.get(where);
    if (number == NONE) {
      number = occupy(where);
      zone[number] = zoneNumber;
    } else if (zone[number] != zoneNumber) {
      zone[number] = MIXED;
    }
    if (officer >= next.length) {
      int length = Growth.beyond(next.length, officer);
      next = Arrays.copyOf(next, length);
      former = Arrays.copyOf(former, length);
    }
    int first = firstOfficer[number];
    next[officer] = first;
    former[officer] = 0;
    if (first != 0) {
      former[first - 1] = officer + 1;
    }
    firstOfficer[number] = officer + 1;
  }

  void remove(int officer, long where) {
    int number = occupied.get(where);
    if (next[officer] != 0) {
      former[next[officer] - 1] = former[officer];
    }
    if (former[officer] != 0) {
      next[former[officer] - 1] = next[officer];
    } else {
      firstOfficer[number] = next[officer];
    }
    next[officer] = 0;
    former[officer] = 0;
    if (firstOfficer[number] == 0) {
      vacate(number, where);
    }
  }

  /** The first that is seen from a cell, {@link #NONE} where that's nobody. */
  int firstSight(long from) {
    return sights.get(from);
  }

  int nextSight(int sight) {
    return nextSight[sight];
  }

  /** How many rings away the cell is that is seen. */
  int rings(int sight) {
    return seen[sight] & RING_MASK;
  }

  /** The zone that all officers in the cell have that is seen, or {@link #MIXED}. */
  int zone(int sight) {
    return zone[seen[sight] >> RING_BITS];
  }

  /** The first officer in the cell that is seen. */
  int firstOfficer(int sight) {
    return firstOfficer[seen[sight] >> RING_BITS] - 1;
  }

  /** The next in the same cell, {@link #NONE} after the last. */
  int nextOfficer(int officer) {
    return next[officer] - 1;
  }

  private int occupy(long where) {
    int number = takeNumber();
    firstOfficer[number] = 0;
    occupied.put(where, number);
    int ring = 0;
    for (List<Long> cellsOfRing : cells.around(where)) {
      for (long from : cellsOfRing) {
        int sight = takeSight();
        seen[sight] = number << RING_BITS | ring;
        nextSight[sight] = sights.get(from);
        sights.put(from, sight);
      }
      ring++;
    }
    return number;
  }

  private void vacate(int number, long where) {
    for (List<Long> cellsOfRing : cells.around(where)) {
      for (long from : cellsOfRing) {
        forget(from, number);
      }
    }
    occupied.remove(where);
    firstOfficer[number] = free;
    free = number;
  }

  private void forget(long from, int number) {
    int before = NONE;
    int sight = sights.get(from);
    while (seen[sight] >> RING_BITS != number) {
      before = sight;
      sight = nextSight[sight];
    }
    if (before != NONE) {
      nextSight[before] = nextSight[sight];
    } else if (nextSight[sight] != NONE) {
      sights.put(from, nextSight[sight]);
    } else {
      sights.remove(from);
    }
    nextSight[sight] = freeSight;
    freeSight = sight;
  }

  private int takeNumber() {
    if (free != NONE) {
      int number = free;
      free = firstOfficer[number];
      return number;
    }
    if (end == firstOfficer.length) {
      int length = Growth.beyond(end, end);
      firstOfficer = Arrays.copyOf(firstOfficer, length);
      zone = Arrays.copyOf(zone, length);
    }
    return end++;
  }

  private int takeSight() {
    if (freeSight != NONE) {
      int sight = freeSight;
      freeSight = nextSight[sight];
      return sight;
    }
    if (endOfSights == seen.length) {
      int length = Growth.beyond(endOfSights, endOfSights);
      seen = Arrays.copyOf(seen, length);
      nextSight = Arrays.copyOf(nextSight, length);
    }
    return endOfSights++;
  }
}
