package app.heyblue.tracking.near;

/**
 * How far it's between two cells, in words: {@code within1km}, {@code within2km}, …, by the average
 * edge of a cell (H3's table of cell statistics).
 */
final class Bands {
  private static final double[] EDGE_KM = {
    1281.256, 483.057, 182.513, 68.979, 26.072, 9.854, 3.725, 1.406, 0.531
  };

  private final double edge;

  Bands(int resolution) {
    this.edge = EDGE_KM[resolution];
  }

  /** The farthest that two points of cells so many rings apart are from each other, about. */
  String of(int rings) {
    double farthest = edge * (2 + Math.sqrt(3) * rings);
    return "within" + Math.max(1, Math.round(farthest)) + "km";
  }
}
