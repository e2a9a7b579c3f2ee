package app.heyblue.benchmarks;

import app.heyblue.tracking.engine.PositionIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.sf.geographiclib.Geodesic;

/**
 * The engine of live tracking. Its exact index on one thread: a device's new position, then who is
 * within 100 m of it; the peer is Redis with {@code GEOADD} and {@code GEOSEARCH}, pipelined. And,
 * in a process of its own, what a country's devices take of memory.
 */
final class TrackingBench {
  static final List<String> NAMES = List.of("tracking-engine", "tracking-memory");

  private static final int DEVICES = 200_000;
  private static final int RUNS = 5;
  private static final int PIPELINED = 100;
  private static final int CHECKED = 20_000;
  private static final double RADIUS_METERS = 100;
  private static final double STEP_SECONDS = 10;

  /** Redis keeps 26 bits of each coordinate and measures on a sphere. */
  private static final double EDGE_METERS = 1;

  private final Consumer<String> results;

  TrackingBench(Consumer<String> results) {
    this.results = results;
  }

  void run(List<String> wanted) throws Exception {
    if (wanted.contains("tracking-engine")) {
      engine();
    }
    if (wanted.contains("tracking-memory")) {
      memory();
    }
  }

  /** Where everybody goes in a run, in the order in which the positions come. */
  private record Moves(int[] devices, double[] latitudes, double[] longitudes) {}

  private void engine() throws Exception {
    Random random = new Random(1);
    Tracks tracks = Tracks.load(random);
    Bench.say(
        "tracking-engine: %,d devices over New York along %s tracks",
        DEVICES, tracks.areReal() ? "real" : "made-up");
    Tracks.Crowd crowd = tracks.crowd(DEVICES, random);
    PositionIndex index = new PositionIndex();
    Optional<Redis> started = Redis.start();
    if (started.isEmpty()) {
      Bench.say("tracking-engine: no peer, redis-server isn't installed");
    }
    List<Double> ours = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    try {
      for (int run = -1; run <= RUNS; run++) {
        Moves moves = moves(crowd, (run + 1) * STEP_SECONDS, random);
        long begin = System.nanoTime();
        long found = inIndex(index, moves);
        double mine = DEVICES * 1e9 / (System.nanoTime() - begin);
        double peer = 0;
        long foundByPeer = 0;
        if (started.isPresent()) {
          List<byte[]> batches = batches(moves);
          begin = System.nanoTime();
          foundByPeer = inRedis(started.get(), batches);
          peer = DEVICES * 1e9 / (System.nanoTime() - begin);
        }
        // The first fills both, the second warms up.
        if (run >= 1) {
          ours.add(mine);
          peers.add(peer);
          Bench.say(
              "run %d: %,.0f pairs a second, Redis %,.0f; %.2f found by a search, by Redis %.2f",
              run, mine, peer, (double) found / DEVICES, (double) foundByPeer / DEVICES);
        }
      }
      if (started.isPresent()) {
        compare(index, started.get(), random);
        results.accept(Bench.rates("tracking-engine", Times.median(ours), Times.median(peers)));
      } else {
        results.accept(
            String.format(Locale.ROOT, "bench tracking-engine ours=%.0f/s", Times.median(ours)));
      }
    } finally {
      if (started.isPresent()) {
        started.get().close();
      }
    }
  }

  private static Moves moves(Tracks.Crowd crowd, double seconds, Random random) {
    int[] devices = new int[DEVICES];
    for (int i = 0; i < DEVICES; i++) {
      int other = random.nextInt(i + 1);
      devices[i] = devices[other];
      devices[other] = i;
    }
    double[] latitudes = new double[DEVICES];
    double[] longitudes = new double[DEVICES];
    double[] place = new double[2];
    for (int i = 0; i < DEVICES; i++) {
      crowd.at(devices[i], seconds, place);
      latitudes[i] = place[0];
      longitudes[i] = place[1];
    }
    return new Moves(devices, latitudes, longitudes);
  }

  private static long inIndex(PositionIndex index, Moves moves) {
    long found = 0;
    for (int i = 0; i < DEVICES; i++) {
      double latitude = moves.latitudes()[i];
      double longitude = moves.longitudes()[i];
      index.update(moves.devices()[i], latitude, longitude);
      found += index.within(latitude, longitude, RADIUS_METERS).length;
    }
    return found;
  }

  /** The commands, written beforehand, so that Redis isn't charged for our formatting. */
  private static List<byte[]> batches(Moves moves) throws IOException {
    List<byte[]> batches = new ArrayList<>();
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int i = 0; i < DEVICES; i++) {
      String latitude = text(moves.latitudes()[i]);
      String longitude = text(moves.longitudes()[i]);
      String device = Integer.toString(moves.devices()[i]);
      batch.write(Redis.command("GEOADD", "d", longitude, latitude, device));
      batch.write(search(latitude, longitude));
      if (i % PIPELINED == PIPELINED - 1) {
        batches.add(batch.toByteArray());
        batch.reset();
      }
    }
    return batches;
  }

  private static byte[] search(String latitude, String longitude) {
    return Redis.command(
        "GEOSEARCH", "d", "FROMLONLAT", longitude, latitude, "BYRADIUS", "100", "m");
  }

  private static String text(double degrees) {
    return String.format(Locale.ROOT, "%.7f", degrees);
  }

  private static long inRedis(Redis redis, List<byte[]> batches) throws IOException {
    long found = 0;
    for (byte[] batch : batches) {
      redis.send(batch);
      for (int i = 0; i < PIPELINED; i++) {
        long _ = redis.integer();
        found += redis.numbers().length;
      }
    }
    return found;
  }

  /** The same devices in both, but for those that lie on the edge. */
  private static void compare(PositionIndex index, Redis redis, Random random) throws IOException {
    long same = 0;
    long onTheEdge = 0;
    for (int i = 0; i < CHECKED; i++) {
      int device = random.nextInt(DEVICES);
      double latitude = index.latitude(device);
      double longitude = index.longitude(device);
      int[] mine = index.within(latitude, longitude, RADIUS_METERS);
      redis.send(search(text(latitude), text(longitude)));
      int[] theirs = redis.numbers();
      Arrays.sort(mine);
      Arrays.sort(theirs);
      for (int one : mine) {
        if (Arrays.binarySearch(theirs, one) >= 0) {
          same++;
        } else {
          onTheEdge += onTheEdge(index, latitude, longitude, one);
        }
      }
      for (int one : theirs) {
        if (Arrays.binarySearch(mine, one) < 0) {
          onTheEdge += onTheEdge(index, latitude, longitude, one);
        }
      }
    }
    Bench.say(
        "tracking-engine: of %,d searches %,d found devices are the same, %,d within %.0f m of the"
            + " edge are found by one of the two only",
        CHECKED, same, onTheEdge, EDGE_METERS);
  }

  private static int onTheEdge(PositionIndex index, double latitude, double longitude, int one) {
    double meters =
        Geodesic.WGS84.Inverse(latitude, longitude, index.latitude(one), index.longitude(one)).s12;
    if (Math.abs(meters - RADIUS_METERS) > EDGE_METERS) {
      throw new IllegalStateException("one of the two errs on a device at " + meters + " m");
    }
    return 1;
  }

  /** In a process of its own, since this one's heap is small. */
  private void memory() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1500m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TrackingMemory.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("tracking-memory failed: " + output);
    }
    output.lines().forEach(results);
  }
}
