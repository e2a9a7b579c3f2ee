package app.heyblue.simulator.streets;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tracks that were really driven, as JSON: an array of {@code {"path": [[longitude, latitude], …],
 * "timestamps": [seconds, …]}}, further members ignored.
 */
public final class TrackFile {
  private static final double SLOWEST = 1;
  private static final double FASTEST = 30;

  private TrackFile() {}

  /**
   * Reads all tracks of two places and more.
   *
   * @throws IOException where it can't be read, with what is wrong with it
   */
  public static List<Way> read(Path file) throws IOException {
    List<Way> ways = new ArrayList<>();
    for (JsonNode track : Json.mapper().readTree(file.toFile())) {
      JsonNode path = track.path("path");
      JsonNode times = track.path("timestamps");
      if (path.size() != times.size()) {
        throw new IOException(file + ": a track has other numbers of places and of times");
      }
      if (path.size() > 1) {
        ways.add(way(path, times));
      }
    }
    if (ways.isEmpty()) {
      throw new IOException(file + ": there is no track in it");
    }
    return ways;
  }

  private static Way way(JsonNode path, JsonNode times) {
    List<Place> places = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      Place place = new Place(path.get(i).path(1).asDouble(), path.get(i).path(0).asDouble());
      int from = Math.max(1, i);
      double seconds = times.get(from).asDouble() - times.get(from - 1).asDouble();
      double meters = i == 0 ? 0 : places.getLast().metersTo(place);
      double speed = seconds > 0 ? meters / seconds : FASTEST;
      places.add(place);
      speeds.add(Math.clamp(speed, SLOWEST, FASTEST));
    }
    return new Way(places, speeds);
  }
}
