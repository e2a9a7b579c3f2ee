package app.heyblue.tracking.engine;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Places where maps go wrong, and cells without anything clever. */
final class Places {
  static final H3Core H3 = h3();

  private static final double RADIUS = 6_371_008.8;

  /**
   * A place.
   *
   * @param latitude in units of 10⁻⁷ degrees, as the engine keeps it
   */
  record Place(int latitude, int longitude) {
    static Place of(double latitude, double longitude) {
      return new Place((int) Math.round(latitude * 1e7), (int) Math.round(longitude * 1e7));
    }

    double lat() {
      return latitude / 1e7;
    }

    double lon() {
      return longitude / 1e7;
    }

    /** Where one comes to, on a sphere. */
    Place moved(double bearingDegrees, double meters) {
      double angle = meters / RADIUS;
      double bearing = Math.toRadians(bearingDegrees);
      double phi = Math.toRadians(lat());
      double sine =
          Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(bearing);
      double east =
          Math.atan2(
              Math.sin(bearing) * Math.sin(angle) * Math.cos(phi),
              Math.cos(angle) - Math.sin(phi) * sine);
      double longitude = lon() + Math.toDegrees(east);
      return of(
          Math.toDegrees(Math.asin(Math.clamp(sine, -1, 1))),
          longitude - 360 * Math.floor((longitude + 180) / 360));
    }

    Fix fix(Instant at) {
      return new Fix(lat(), lon(), 5, at);
    }

    long cell(int resolution) {
      return H3.latLngToCell(lat(), lon(), resolution);
    }
  }

  static final Place NEW_YORK = Place.of(40.758, -73.9855);

  private Places() {}

  /** New York, Fiji on the date line, both poles, and a pentagon on land and in the sea. */
  static List<Place> all(int resolution) {
    List<Long> pentagons = List.copyOf(H3.getPentagons(resolution));
    return List.of(
        NEW_YORK,
        Place.of(-16.8, 179.9999),
        Place.of(90, 0),
        Place.of(-89.995, 100),
        center(pentagons.get(0)),
        center(pentagons.get(7)));
  }

  static Place center(long cell) {
    LatLng center = H3.cellToLatLng(cell);
    return Place.of(center.lat, center.lng);
  }

  /** How many rings each cell lies away, by going from neighbour to neighbour. */
  static Map<Long, Integer> rings(long cell, int most) {
    Map<Long, Integer> rings = new HashMap<>();
    Set<Long> edge = Set.of(cell);
    rings.put(cell, 0);
    for (int ring = 1; ring <= most; ring++) {
      Set<Long> beyond = new HashSet<>();
      for (long one : edge) {
        for (long neighbour : H3.gridDisk(one, 1)) {
          if (rings.putIfAbsent(neighbour, ring) == null) {
            beyond.add(neighbour);
          }
        }
      }
      edge = beyond;
    }
    return rings;
  }

  private static H3Core h3() {
    try {
      return H3Core.newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
