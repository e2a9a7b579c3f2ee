package app.heyblue.scenarios;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** The last part of a real drive: where somebody was at each second of it. */
final class Drive {
  private static final double EARTH_METERS = 6_371_000;

  private final JsonNode path;
  private final JsonNode times;
  private final int first;

  private Drive(JsonNode track, int first) {
    this.path = track.path("path");
    this.times = track.path("timestamps");
    this.first = first;
  }

  /** A place in degrees. */
  record Place(double latitude, double longitude) {
    double metersTo(Place other) {
      double north = Math.toRadians(other.latitude - latitude);
      double east =
          Math.toRadians(other.longitude - longitude) * Math.cos(Math.toRadians(latitude));
      return EARTH_METERS * Math.hypot(north, east);
    }
  }

  /**
   * The first track that comes from at least as far away as that, from where it was as far last.
   */
  static Drive fromAfar(Path tracks, double meters) throws IOException {
    for (JsonNode track : Json.mapper().readTree(tracks.toFile())) {
      JsonNode path = track.path("path");
      Place end = place(path.path(path.size() - 1));
      for (int i = path.size() - 2; i >= 0; i--) {
        if (place(path.path(i)).metersTo(end) >= meters) {
          return new Drive(track, i);
        }
      }
    }
    throw new AssertionError("no track is as long");
  }

  double seconds() {
    return times.path(times.size() - 1).asDouble() - times.path(first).asDouble();
  }

  Place end() {
    return place(path.path(path.size() - 1));
  }

  /** Where it was so many seconds after its begin; at its end from then on. */
  Place after(double seconds) {
    double time = times.path(first).asDouble() + seconds;
    for (int i = first; i < path.size() - 1; i++) {
      double from = times.path(i).asDouble();
      double to = times.path(i + 1).asDouble();
      if (time < to) {
        double part = Math.max(0, time - from) / (to - from);
        Place a = place(path.path(i));
        Place b = place(path.path(i + 1));
        return new Place(
            a.latitude + part * (b.latitude - a.latitude),
            a.longitude + part * (b.longitude - a.longitude));
      }
    }
    return end();
  }

  private static Place place(JsonNode point) {
    return new Place(point.path(1).asDouble(), point.path(0).asDouble());
  }
}
