package app.heyblue.tracking.engine;

import java.util.Arrays;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/**
 * The latest positions of devices, to 10⁻⁷ degrees (11 mm), in memory only, with exact distances on
 * WGS 84. It serves the check after an acceptance and never a civilian's search, which knows cells
 * only.
 *
 * <p>Devices are numbered from 0, with few gaps; one takes 20 to 24 bytes. They hang in lists, one
 * for each square of a thousandth of a degree of latitude. What is removed is overwritten, also in
 * arrays that were outgrown. Not for several threads at once.
 */
public final class PositionIndex {
  private static final int ABSENT = Integer.MIN_VALUE;
  private static final double UNITS = 1e7;
  private static final int HALF_TURN = 1_800_000_000;
  private static final int QUARTER_TURN = 900_000_000;
  private static final int ROW = 10_000;
  private static final int ROWS_A_DEGREE = 1_000;

  /** Columns of a row, by whole degrees of latitude from the south pole. */
  private static final int[] COLUMNS = columns();

  /** Below it and off the poles, distances in the plane are good to {@link #DOUBT}. */
  private static final double PLANE_METERS = 10_000;

  private static final double PLANE_DEGREES = 80;
  private static final double DOUBT = 1e-4;

  private static final double EQUATOR_METERS = 6_378_137;
  private static final double ECCENTRICITY2 = 6.694379990141316e-3;

  /** No degree of latitude is shorter. */
  private static final double LEAST_METERS_A_DEGREE = 110_500;

  /** Latitude above, longitude below, in units. */
  private long[] positions = new long[0];

  /**
   * Twice for each device: the next in its list, or -1; the one before, or the complement of the
   * list's number for the first one, or {@link #ABSENT}.
   */
  private int[] links = new int[0];

  /** The first of each list plus one, 0 for none; as many as a power of 2. */
  private int[] lists = new int[16];

  private int size;
  private int end;
  private int[] found = new int[64];
  private int count;

  /**
   * Puts a device somewhere.
   *
   * @param id 0 or above
   */
  public void update(int id, double latitude, double longitude) {
    int lat = units(latitude);
    int lon = longitudeUnits(longitude);
    if (id >= positions.length) {
      grow(id);
    }
    end = Math.max(end, id + 1);
    boolean isNew = links[2 * id + 1] == ABSENT;
    long before = positions[id];
    positions[id] = pack(lat, lon);
    if (isNew) {
      size++;
      if (size > lists.length) {
        rehash();
      }
      link(id, list(square(lat, lon)));
      return;
    }
    long square = square(lat, lon);
    if (square != square(lat(before), lon(before))) {
      unlink(id);
      link(id, list(square));
    }
  }

  /** Forgets where a device was; does nothing where it isn't known. */
  public void remove(int id) {
    if (!contains(id)) {
      return;
    }
    unlink(id);
    positions[id] = 0;
    links[2 * id] = 0;
    links[2 * id + 1] = ABSENT;
    size--;
  }

  /** Whether it's known where a device is. */
  public boolean contains(int id) {
    return id < positions.length && links[2 * id + 1] != ABSENT;
  }

  /** How many devices there are. */
  public int size() {
    return size;
  }

  /** Degrees, of a device that there is. */
  public double latitude(int id) {
    return lat(positions[id]) / UNITS;
  }

  /** Degrees from -180 to below 180, of a device that there is. */
  public double longitude(int id) {
    return lon(positions[id]) / UNITS;
  }

  /**
   * The devices within a geodesic distance, in no order.
   *
   * @param radiusMeters 0 or above
   */
  public int[] within(double latitude, double longitude, double radiusMeters) {
    count = 0;
    Circle circle = new Circle(latitude, longitude, radiusMeters);
    double tall = radiusMeters / LEAST_METERS_A_DEGREE;
    double farthest = Math.abs(latitude) + tall;
    if (farthest >= 89.9 || radiusMeters > EQUATOR_METERS) {
      everywhere(circle);
    } else {
      double wide = tall / Math.cos(Math.toRadians(farthest));
      double squares = (2 * tall * ROWS_A_DEGREE + 2) * (2 * wide * ROWS_A_DEGREE + 2);
      if (squares > size) {
        everywhere(circle);
      } else {
        nearby(circle, latitude, longitude, tall, wide);
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Geodesic metres from one device to one of another index; both must be there. */
  public double meters(int id, PositionIndex others, int other) {
    return geodesic(latitude(id), longitude(id), others.latitude(other), others.longitude(other));
  }

  /** Degrees as they are kept. */
  static double rounded(double degrees) {
    return units(degrees) / UNITS;
  }

  private void everywhere(Circle circle) {
    for (int id = 0; id < end; id++) {
      if (contains(id) && circle.holds(positions[id])) {
        take(id);
      }
    }
  }

  private void nearby(Circle circle, double latitude, double longitude, double tall, double wide) {
    int lowest = row(units(latitude - tall) - 1);
    int highest = row(units(latitude + tall) + 1);
    for (int row = lowest; row <= highest; row++) {
      int columns = COLUMNS[row / ROWS_A_DEGREE];
      long west = (long) Math.floor((longitude - wide + 180) / 360 * columns - 1e-6);
      long east = (long) Math.floor((longitude + wide + 180) / 360 * columns + 1e-6);
      east = Math.min(east, west + columns - 1);
      for (long column = west; column <= east; column++) {
        inSquare(circle, squareOf(row, Math.floorMod(column, columns)));
      }
    }
  }

  /** A list may hold devices of several squares, which are found with their own. */
  private void inSquare(Circle circle, long square) {
    for (int id = lists[list(square)] - 1; id >= 0; id = links[2 * id]) {
      long position = positions[id];
      if (circle.holds(position) && square(lat(position), lon(position)) == square) {
        take(id);
      }
    }
  }

  private void take(int id) {
    if (count == found.length) {
      found = Arrays.copyOf(found, 2 * count);
    }
    found[count++] = id;
  }

  private void grow(int id) {
    int length = Growth.beyond(positions.length, id);
    long[] oldPositions = positions;
    positions = Arrays.copyOf(oldPositions, length);
    Arrays.fill(oldPositions, 0);
    links = Arrays.copyOf(links, 2 * length);
    for (int i = oldPositions.length; i < length; i++) {
      links[2 * i + 1] = ABSENT;
    }
  }

  private void rehash() {
    lists = new int[lists.length * 2];
    for (int id = 0; id < end; id++) {
      if (contains(id)) {
        link(id, list(square(lat(positions[id]), lon(positions[id]))));
      }
    }
  }

  private void link(int id, int list) {
    int first = lists[list] - 1;
    links[2 * id] = first;
    links[2 * id + 1] = ~list;
    if (first >= 0) {
      links[2 * first + 1] = id;
    }
    lists[list] = id + 1;
  }

  private void unlink(int id) {
    int next = links[2 * id];
    int before = links[2 * id + 1];
    if (before >= 0) {
      links[2 * before] = next;
    } else {
      lists[~before] = next + 1;
    }
    if (next >= 0) {
      links[2 * next + 1] = before;
    }
  }

  private int list(long square) {
    return (int) Growth.mix(square) & (lists.length - 1);
  }

  private static long square(int lat, int lon) {
    int row = row(lat);
    long columns = COLUMNS[row / ROWS_A_DEGREE];
    return squareOf(row, (lon + (long) HALF_TURN) * columns / (2L * HALF_TURN));
  }

  private static long squareOf(int row, long column) {
    return (long) row << 32 | column;
  }

  private static int row(int lat) {
    int row = (lat + QUARTER_TURN) / ROW;
    return Math.clamp(row, 0, COLUMNS.length * ROWS_A_DEGREE - 1);
  }

  private static int[] columns() {
    int[] columns = new int[180];
    for (int i = 0; i < columns.length; i++) {
      double widest = Math.max(0, Math.abs(i + 0.5 - 90) - 0.5);
      columns[i] = (int) (360 * ROWS_A_DEGREE * Math.cos(Math.toRadians(widest)));
    }
    return columns;
  }

  private static int units(double degrees) {
    return (int) Math.round(degrees * UNITS);
  }

  private static int longitudeUnits(double degrees) {
    int lon = units(degrees);
    return lon == HALF_TURN ? -HALF_TURN : lon;
  }

  private static long pack(int lat, int lon) {
    return (long) lat << 32 | (lon & 0xffffffffL);
  }

  private static int lat(long position) {
    return (int) (position >> 32);
  }

  private static int lon(long position) {
    return (int) position;
  }

  private static double geodesic(double lat, double lon, double lat2, double lon2) {
    return Geodesic.WGS84.Inverse(lat, lon, lat2, lon2, GeodesicMask.DISTANCE).s12;
  }

  /**
   * Where one looks. Most devices are told to be inside or outside by a distance in the plane, and
   * the few near the edge by the geodesic.
   */
  private static final class Circle {
    private final double latitude;
    private final double longitude;
    private final double radius;
    private final boolean plane;
    private final double inside2;
    private final double outside2;
    private final double metersUp;
    private final double metersAlong;
    private final double narrowing;

    Circle(double latitude, double longitude, double radius) {
      this.latitude = latitude;
      this.longitude = longitude;
      this.radius = radius;
      this.plane = radius <= PLANE_METERS && Math.abs(latitude) <= PLANE_DEGREES;
      double sure = radius * (1 - DOUBT) - 0.001;
      double beyond = radius * (1 + DOUBT) + 0.001;
      this.inside2 = sure < 0 ? -1 : sure * sure;
      this.outside2 = beyond * beyond;
      double phi = Math.toRadians(latitude);
      double sine = Math.sin(phi);
      double w2 = 1 - ECCENTRICITY2 * sine * sine;
      double w = Math.sqrt(w2);
      this.metersUp = Math.toRadians(EQUATOR_METERS * (1 - ECCENTRICITY2) / (w2 * w));
      this.metersAlong = Math.toRadians(EQUATOR_METERS * Math.cos(phi) / w);
      this.narrowing = Math.toRadians(Math.tan(phi) / 2);
    }

    boolean holds(long position) {
      double lat = lat(position) / UNITS;
      double lon = lon(position) / UNITS;
      if (plane) {
        double up = lat - latitude;
        double along = lon - longitude;
        if (along > 180) {
          along -= 360;
        } else if (along < -180) {
          along += 360;
        }
        double y = up * metersUp;
        double x = along * metersAlong * (1 - narrowing * up);
        double square = x * x + y * y;
        if (square <= inside2) {
          return true;
        }
        if (square > outside2) {
          return false;
        }
      }
      return geodesic(latitude, longitude, lat, lon) <= radius;
    }
  }
}
