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

  /** Degrees a second, 1.3 m northwards. */
  private static final double WALKING = 1.2e-5;

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

  /** Where people are at a time. */
  interface People {
    /** Latitude and longitude after so many seconds, to 10⁻⁷ degrees. */
    void at(int person, double seconds, double[] place);
  }

  /** People who walk over all of New York, as dense everywhere. */
  static People evenly(int people, Random random) {
    double[] latitudes = random.doubles(people, 40.55, 40.9).toArray();
    double[] longitudes = random.doubles(people, -74.05, -73.75).toArray();
    double[] bearings = random.doubles(people, 0, 2 * Math.PI).toArray();
    return (person, seconds, place) -> {
      place[0] = rounded(latitudes[person] + WALKING * seconds * Math.cos(bearings[person]));
      place[1] = rounded(longitudes[person] + WALKING * seconds * Math.sin(bearings[person]));
    };
  }

  /** People, evenly over the tracks' time, so that more are where traffic is slow or dense. */
  final class Crowd implements People {
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

    @Override
    public void at(int person, double seconds, double[] place) {
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

  People crowd(int people, Random random) {
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
