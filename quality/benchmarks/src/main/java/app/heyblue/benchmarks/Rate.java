package app.heyblue.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** How often something is done on this thread: the median of five seconds after a warm-up. */
final class Rate {
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 5;
  private static final long SECOND = 1_000_000_000;

  /** Takes what was made, so that nothing is left out of the making. */
  @SuppressWarnings("UnusedVariable") // that nobody reads it isn't known while it's written
  private static volatile long kept;

  private Rate() {}

  static double perSecond(Callable<? extends Number> work) throws Exception {
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      double rate = second(work);
      if (round >= WARM_UP) {
        rates.add(rate);
      }
    }
    return Times.median(rates);
  }

  private static double second(Callable<? extends Number> work) throws Exception {
    long begin = System.nanoTime();
    long sum = 0;
    long done = 0;
    long time;
    do {
      for (int i = 0; i < 16; i++) {
        sum += work.call().longValue();
        done++;
      }
      time = System.nanoTime() - begin;
    } while (time < SECOND);
    kept = sum;
    return done * 1e9 / time;
  }
}
