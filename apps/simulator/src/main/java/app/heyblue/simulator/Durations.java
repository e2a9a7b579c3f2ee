package app.heyblue.simulator;

import java.util.Arrays;

/** How long things took. */
final class Durations {
  private double[] millis = new double[64];
  private int count;

  synchronized void add(double one) {
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = one;
  }

  synchronized Standing.Times times() {
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return new Standing.Times(count, quantile(sorted, 0.5), quantile(sorted, 0.99));
  }

  private static double quantile(double[] sorted, double part) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
  }
}
