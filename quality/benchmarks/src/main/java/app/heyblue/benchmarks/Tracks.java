package app.heyblue.benchmarks;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * People who move over New York along real tracks of vehicles ({@code tracks/nyc-trips.json} of the
 * shared data), or, where the file is absent, along straight lines. Each keeps some metres beside
 * the track, and starts over at its end.
 */
final class Tracks {
  private static final int LINES = 1_000;
  private static final double ASIDE_DEGREES = 2e-4;

  /** A track; times in seconds from its beginning. */
  private record Track(double[] latitudes, double[] longitudes, double[] times) {
    double length() {
      return times[times.length - 1];
    }
  }

  private final List<Track> tracks;
  private final boolean real;

  private Tracks(List<Track> tracks, boolean real) {
    this.tracks = tracks;
    this.real = real;
  }

  static Tracks load(Random random) throws IOException {
    Path file =
        Path.of(System.getProperty("heyblue.shared-data", "../shared/data"))
            .resolve("tracks/nyc-trips.json");
    if (!Files.isReadable(file)) {
      return new Tracks(lines(random), false);
    }
    List<Track> tracks = new ArrayList<>();
    for (JsonNode trip : Json.mapper().readTree(file.toFile())) {
      Track track = read(trip);
      if (isOverNewYork(track) && track.length() > 0) {
        tracks.add(track);
      }
    }
    return new Tracks(tracks, true);
  }

  boolean areReal() {
    return real;
  }

  /** People, evenly over the tracks' time, so that more are where traffic is slow or dense. */
  final class Crowd {
    private final int[] track;
    private final double[] since;
    private final float[] north;
    private final float[] east;

    Crowd(int people, Random random) {
      track = new int[people];
      since = new double[people];
      north = new float[people];
      east = new float[people];
      double[] ends = new double[tracks.size()];
      double end = 0;
      for (int i = 0; i < ends.length; i++) {
        end += tracks.get(i).length();
        ends[i] = end;
      }
      for (int i = 0; i < people; i++) {
        double time = random.nextDouble(end);
        int found = Arrays.binarySearch(ends, time);
        track[i] = found >= 0 ? found : -found - 1;
        since[i] = ends[track[i]] - time;
        north[i] = (float) random.nextDouble(-ASIDE_DEGREES, ASIDE_DEGREES);
        east[i] = (float) random.nextDouble(-ASIDE_DEGREES, ASIDE_DEGREES);
      }
    }

    /** Where one is after so many seconds: latitude and longitude, to 10⁻⁷ degrees. */
    void at(int person, double seconds, double[] place) {
      Track on = tracks.get(track[person]);
      double time = (since[person] + seconds) % on.length();
      int found = Arrays.binarySearch(on.times(), time);
      int next = Math.clamp(found >= 0 ? found : -found - 1, 1, on.times().length - 1);
      double span = on.times()[next] - on.times()[next - 1];
      double share = span > 0 ? (time - on.times()[next - 1]) / span : 0;
      place[0] = rounded(between(on.latitudes(), next, share) + north[person]);
      place[1] = rounded(between(on.longitudes(), next, share) + east[person]);
    }
  }

  Crowd crowd(int people, Random random) {
    return new Crowd(people, random);
  }

  private static double between(double[] values, int next, double share) {
    return values[next - 1] + share * (values[next] - values[next - 1]);
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e7) / 1e7;
  }

  private static Track read(JsonNode trip) {
    JsonNode path = trip.path("path");
    JsonNode times = trip.path("timestamps");
    int points = Math.min(path.size(), times.size());
    double[] latitudes = new double[points];
    double[] longitudes = new double[points];
    double[] seconds = new double[points];
    for (int i = 0; i < points; i++) {
      longitudes[i] = path.get(i).get(0).asDouble();
      latitudes[i] = path.get(i).get(1).asDouble();
      seconds[i] = times.get(i).asDouble() - times.get(0).asDouble();
    }
    return new Track(latitudes, longitudes, seconds);
  }

  /** A few tracks of the file jump across the continent. */
  private static boolean isOverNewYork(Track track) {
    return track.times().length > 1
        && Arrays.stream(track.latitudes()).allMatch(value -> value > 40.3 && value < 41.2)
        && Arrays.stream(track.longitudes()).allMatch(value -> value > -74.6 && value < -73.4);
  }

  private static List<Track> lines(Random random) {
    List<Track> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      double latitude = 40.75 + random.nextGaussian() * 0.08;
      double longitude = -73.95 + random.nextGaussian() * 0.08;
      double up = random.nextDouble(-0.05, 0.05);
      double along = random.nextDouble(-0.05, 0.05);
      lines.add(
          new Track(
              new double[] {latitude, latitude + up},
              new double[] {longitude, longitude + along},
              new double[] {0, 900}));
    }
    return lines;
  }
}
