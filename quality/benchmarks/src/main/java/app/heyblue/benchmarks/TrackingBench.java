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
import org.jspecify.annotations.Nullable;

/**
 * The engine of live tracking. Its exact index on one thread: a device's new position, then who is
 * within 100 m of it, with devices evenly over New York and along real tracks; the peer is Redis
 * with {@code GEOADD} and {@code GEOSEARCH}, pipelined. And, in a process of its own, what a
 * country's devices take of memory.
 */
final class TrackingBench {
  static final List<String> NAMES = List.of("tracking-engine", "tracking-memory");

  private static final int DEVICES = 200_000;
  private static final int MOVES = 50_000;
  private static final int WARM_UPS = 3;
  private static final int RUNS = 5;
  private static final int PIPELINED = 100;
  private static final int CHECKED = 5_000;
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
    compare("tracking-engine", Tracks.evenly(DEVICES, random), random);
    if (!tracks.areReal()) {
      Bench.say("tracking-engine: there is no tracks/nyc-trips.json, so tracks are made up");
    }
    compare("tracking-engine-tracks", tracks.crowd(DEVICES, random), random);
  }

  private void compare(String name, Tracks.People people, Random random) throws Exception {
    PositionIndex index = new PositionIndex();
    Moves everybody = moves(people, DEVICES, 0, random);
    for (int i = 0; i < DEVICES; i++) {
      index.update(everybody.devices()[i], everybody.latitudes()[i], everybody.longitudes()[i]);
    }
    Optional<Redis> started = Redis.start();
    if (started.isEmpty()) {
      Bench.say("%s: no peer, redis-server isn't installed", name);
      List<Double> ours = runs(name, index, null, people, random).ours();
      results.accept(String.format(Locale.ROOT, "bench %s ours=%.0f/s", name, Times.median(ours)));
      return;
    }
    try (Redis redis = started.get()) {
      fill(redis, everybody);
      Rates rates = runs(name, index, redis, people, random);
      check(name, index, redis, random);
      results.accept(Bench.rates(name, Times.median(rates.ours()), Times.median(rates.peers())));
    }
  }

  private record Rates(List<Double> ours, List<Double> peers) {}

  private static Rates runs(
      String name, PositionIndex index, @Nullable Redis redis, Tracks.People people, Random random)
      throws IOException {
    Rates rates = new Rates(new ArrayList<>(), new ArrayList<>());
    for (int run = 1 - WARM_UPS; run <= RUNS; run++) {
      Moves moves = moves(people, MOVES, (run + WARM_UPS) * STEP_SECONDS, random);
      long begin = System.nanoTime();
      long found = inIndex(index, moves);
      double ours = MOVES * 1e9 / (System.nanoTime() - begin);
      double peer = 0;
      long foundByPeer = 0;
      if (redis != null) {
        List<byte[]> batches = batches(moves);
        begin = System.nanoTime();
        foundByPeer = inRedis(redis, batches);
        peer = MOVES * 1e9 / (System.nanoTime() - begin);
      }
      if (run >= 1) {
        rates.ours().add(ours);
        rates.peers().add(peer);
        Bench.say(
            "%s, run %d: %,.0f pairs a second, Redis %,.0f; %.2f found by a search, by Redis %.2f",
            name, run, ours, peer, (double) found / MOVES, (double) foundByPeer / MOVES);
      }
    }
    return rates;
  }

  private static void fill(Redis redis, Moves everybody) throws IOException {
    for (int i = 0; i < DEVICES; i++) {
      redis.send(add(everybody, i));
      long _ = redis.integer();
    }
  }

  /** The first of a random order of all. */
  private static Moves moves(Tracks.People people, int count, double seconds, Random random) {
    int[] devices = new int[DEVICES];
    for (int i = 0; i < DEVICES; i++) {
      int other = random.nextInt(i + 1);
      devices[i] = devices[other];
      devices[other] = i;
    }
    double[] latitudes = new double[count];
    double[] longitudes = new double[count];
    double[] place = new double[2];
    for (int i = 0; i < count; i++) {
      people.at(devices[i], seconds, place);
      latitudes[i] = place[0];
      longitudes[i] = place[1];
    }
    return new Moves(devices, latitudes, longitudes);
  }

  private static long inIndex(PositionIndex index, Moves moves) {
    long found = 0;
    for (int i = 0; i < MOVES; i++) {
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
    for (int i = 0; i < MOVES; i++) {
      batch.write(add(moves, i));
      batch.write(search(text(moves.latitudes()[i]), text(moves.longitudes()[i])));
      if (i % PIPELINED == PIPELINED - 1) {
        batches.add(batch.toByteArray());
        batch.reset();
      }
    }
    return batches;
  }

  private static byte[] add(Moves moves, int i) {
    return Redis.command(
        "GEOADD",
        "d",
        text(moves.longitudes()[i]),
        text(moves.latitudes()[i]),
        Integer.toString(moves.devices()[i]));
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
  private static void check(String name, PositionIndex index, Redis redis, Random random)
      throws IOException {
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
        "%s: of %,d searches %,d found devices are the same, %,d within %.0f m of the"
            + " edge are found by one of the two only",
        name, CHECKED, same, onTheEdge, EDGE_METERS);
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
