package app.heyblue.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Sums over measured times. */
final class Times {
  /** Something that is measured. */
  interface Work {
    void run() throws Exception;
  }

  private Times() {}

  /** In seconds. */
  static double of(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  static double median(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The time that a share of all stay within, by nearest rank. */
  static double quantile(double[] times, double share) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
