package app.heyblue.tracking.engine;

import com.uber.h3core.H3Core;
import com.uber.h3core.LengthUnit;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The cells of one resolution of <a href="https://h3geo.org">H3</a>. */
final class Cells {
  /** Of the mean length of an edge, how much farther the old centre must be: 58 m of 531 m. */
  private static final double STAYING = 0.11;

  private static final class Library {
    static final H3Core H3 = load();

    private static H3Core load() {
      try {
        return H3Core.newInstance();
      } catch (IOException e) {
        throw new UncheckedIOException("The library of H3 can't be unpacked", e);
      }
    }
  }

  private final H3Core h3 = Library.H3;
  private final int resolution;
  private final double stayingMeters;

  Cells(int resolution) {
    this.resolution = resolution;
    this.stayingMeters = STAYING * h3.getHexagonEdgeLengthAvg(resolution, LengthUnit.m);
  }

  /** The cell that a place lies in. */
  long at(double latitude, double longitude) {
    return h3.latLngToCell(latitude, longitude, resolution);
  }

  /**
   * The cell that somebody belongs to. The old one is left only where its centre is farther by a
   * margin than that of the new one, so that nobody flickers on a border.
   *
   * @param old the cell until now, 0 without one
   * @param actual the cell that the place lies in
   */
  long settle(long old, long actual, double latitude, double longitude) {
    if (old == 0 || old == actual) {
      return actual;
    }
    double farther = meters(old, latitude, longitude) - meters(actual, latitude, longitude);
    return farther >= stayingMeters ? actual : old;
  }

  /** The cells within {@link Nearness#MOST_RINGS}, ring by ring, also around a pentagon. */
  List<List<Long>> around(long cell) {
    return h3.gridDiskDistances(cell, Nearness.MOST_RINGS);
  }

  private double meters(long cell, double latitude, double longitude) {
    LatLng center = h3.cellToLatLng(cell);
    return Earth.meters(center.lat, center.lng, latitude, longitude);
  }
}
