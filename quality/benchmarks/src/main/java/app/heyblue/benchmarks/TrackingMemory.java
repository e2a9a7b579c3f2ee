package app.heyblue.benchmarks;

import app.heyblue.kernel.UserId;
import app.heyblue.tracking.engine.Fix;
import app.heyblue.tracking.engine.Nearness;
import app.heyblue.tracking.engine.ProximityEngine;
import app.heyblue.tracking.engine.ProximityEvent;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * As many devices as the United States have at a peak, one in a hundred an officer who shares, over
 * two thousand towns whose sizes fall like those of real ones: what they take, and how many
 * positions a second the engine takes in when it holds them all.
 */
final class TrackingMemory {
  private static final int DEVICES = 2_700_000;
  private static final int OFFICERS = 27_000;
  private static final int CIVILIANS = DEVICES - OFFICERS;
  private static final int TOWNS = 2_000;

  /** The largest town would have that many times the people of the second otherwise. */
  private static final int FLATTENED = 4;

  private static final int RUNS = 3;
  private static final int UPDATES = 1_500_000;
  private static final Nearness SHIPPED = new Nearness(1, 30, 20);
  private static final String[] ZONES = {
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
  };

  private final Random random = new Random(1);
  private final double[] latitudes = new double[TOWNS];
  private final double[] longitudes = new double[TOWNS];
  private final double[] spreads = new double[TOWNS];
  private final double[] shares = new double[TOWNS];

  /** In units of 10⁻⁷ degrees; the bench's own, so they don't count. */
  private final int[] places = new int[2 * DEVICES];

  private final ProximityEngine engine = new ProximityEngine(8, (_, _, _) -> SHIPPED);
  private Instant now = Instant.parse("2026-06-01T18:00:00Z");

  private TrackingMemory() {
    double all = 0;
    for (int town = 0; town < TOWNS; town++) {
      latitudes[town] = random.nextDouble(30, 47);
      longitudes[town] = random.nextDouble(-120, -75);
      double share = 1.0 / (town + FLATTENED);
      spreads[town] = Math.max(0.02, 0.3 * Math.sqrt(share * FLATTENED));
      all += share;
      shares[town] = all;
    }
    for (int device = 0; device < DEVICES; device++) {
      int town = town(random.nextDouble(all));
      places[2 * device] = units(latitudes[town] + random.nextGaussian() * spreads[town] / 2);
      places[2 * device + 1] = units(longitudes[town] + random.nextGaussian() * spreads[town] / 2);
    }
  }

  public static void main(String[] ignored) {
    new TrackingMemory().run();
  }

  private void run() {
    long before = used();
    long events = 0;
    for (int officer = CIVILIANS; officer < DEVICES; officer++) {
      engine.officerAt(id(officer), zone(officer), fix(officer), now);
    }
    events += timed("publish", engine::publish).size();
    long begin = System.nanoTime();
    for (int civilian = 0; civilian < CIVILIANS; civilian++) {
      events += engine.civilianAt(id(civilian), fix(civilian), now).size();
    }
    Bench.say("tracking-memory: %,d civilians came in %.1f s", CIVILIANS, seconds(begin));
    now = now.plusSeconds(30);
    events += timed("pass", engine::pass).size();
    events += timed("publish", engine::publish).size();
    long bytes = used() - before;
    Bench.say(
        "tracking-memory: %,d officers, %,d events, %,d MB", OFFICERS, events, bytes / 1_000_000);
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run <= RUNS; run++) {
      double rate = updates();
      if (run > 0) {
        rates.add(rate);
      }
      Bench.say("%s: %,.0f updates a second", run == 0 ? "warm-up" : "run " + run, rate);
    }
    long later = used() - before;
    Bench.say("tracking-memory: %,d MB after the updates", later / 1_000_000);
    System.out.printf(
        Locale.ROOT,
        "bench tracking-memory devices=%d bytes=%.1f/device updates=%.0f/s%n",
        DEVICES,
        (double) Math.max(bytes, later) / DEVICES,
        Times.median(rates));
  }

  /** Civilians at random go some metres on; time passes so that all come up to date in turn. */
  private double updates() {
    long begin = System.nanoTime();
    for (int i = 0; i < UPDATES; i++) {
      int civilian = random.nextInt(CIVILIANS);
      places[2 * civilian] += random.nextInt(-2_000, 2_001);
      places[2 * civilian + 1] += random.nextInt(-2_000, 2_001);
      List<ProximityEvent> _ = engine.civilianAt(id(civilian), fix(civilian), now);
      if (i % 1_780 == 0) {
        now = now.plusMillis(5);
        List<ProximityEvent> _ = engine.pass(now);
      }
    }
    return UPDATES / seconds(begin);
  }

  private interface Step {
    List<ProximityEvent> at(Instant now);
  }

  private List<ProximityEvent> timed(String name, Step step) {
    long begin = System.nanoTime();
    List<ProximityEvent> events = step.at(now);
    Bench.say("tracking-memory: %s in %.0f ms", name, seconds(begin) * 1000);
    return events;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private int town(double share) {
    int found = Arrays.binarySearch(shares, share);
    return Math.min(TOWNS - 1, found >= 0 ? found : -found - 1);
  }

  private Fix fix(int device) {
    return new Fix(places[2 * device] / 1e7, places[2 * device + 1] / 1e7, 10, now);
  }

  private String zone(int device) {
    int band = (int) ((-75 - places[2 * device + 1] / 1e7) / 12);
    return ZONES[Math.clamp(band, 0, ZONES.length - 1)];
  }

  /** As scattered as real ids, without being kept. */
  private static UserId id(int device) {
    long most = device * 0x9e3779b97f4a7c15L & ~0xf000L | 0x7000;
    return new UserId(new UUID(most, Long.rotateLeft(most, 23) * 31));
  }

  private static int units(double degrees) {
    return (int) Math.round(degrees * 1e7);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
