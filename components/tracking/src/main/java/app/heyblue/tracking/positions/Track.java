package app.heyblue.tracking.positions;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Where one civilian was lately: thinned, and as small as it can be. A position is kept where the
 * person moved by {@value #MOVED_METERS} m since the last one that was kept, or ten minutes passed.
 * One that nobody can have reached since the one before is kept and marked. Beyond {@value #MOST}
 * none is kept.
 */
final class Track {
  static final int MOVED_METERS = 100;

  /** What one piece holds at most; who drives for 15 minutes has some 250. */
  static final int MOST = 512;

  static final Duration STILL_THERE = Duration.ofMinutes(10);

  /** Faster than any train, slower than any aeroplane: metres per second. */
  static final double FASTEST = 150;

  private static final int WIDTH = 4;
  private static final double DEGREES = 1e7;
  private static final double METERS_PER_DEGREE = 111_195;

  private final long from;
  private int[] kept = new int[2 * WIDTH];
  private int size;
  private long lastAt;

  /** Begins with a position. */
  Track(Position first) {
    from = first.at().toEpochMilli();
    lastAt = from;
    keep(first, false);
  }

  /** When its first position was. */
  Instant from() {
    return Instant.ofEpochMilli(from);
  }

  /** Whether the position is later than all before, or at the same time as the last. */
  boolean isNext(Position position) {
    return position.at().toEpochMilli() >= lastAt;
  }

  /**
   * Takes in a position.
   *
   * @return whether it was a jump
   */
  boolean add(Position position) {
    double meters = metersFromLast(position);
    double seconds = (position.at().toEpochMilli() - lastKeptAt()) / 1000.0;
    boolean jump = meters - position.accuracyMeters() - lastAccuracy() > FASTEST * (seconds + 1);
    if (jump || meters >= MOVED_METERS || seconds >= STILL_THERE.toSeconds()) {
      keep(position, jump);
    }
    lastAt = position.at().toEpochMilli();
    return jump;
  }

  /**
   * The positions as text: one line each of latitude, longitude, accuracy in metres and seconds
   * since the first, and {@code jump} where it is one.
   */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i += WIDTH) {
      text.append(kept[i] / DEGREES)
          .append(',')
          .append(kept[i + 1] / DEGREES)
          .append(',')
          .append(kept[i + 2] >> 1)
          .append(',')
          .append(kept[i + 3])
          .append((kept[i + 2] & 1) == 1 ? ",jump\n" : "\n");
    }
    return text.toString();
  }

  private void keep(Position position, boolean jump) {
    if (size == MOST * WIDTH) {
      return;
    }
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, 2 * size);
    }
    kept[size] = (int) Math.round(position.latitude() * DEGREES);
    kept[size + 1] = (int) Math.round(position.longitude() * DEGREES);
    kept[size + 2] = (int) Math.round(position.accuracyMeters()) << 1 | (jump ? 1 : 0);
    kept[size + 3] = (int) ((position.at().toEpochMilli() - from) / 1000);
    size += WIDTH;
  }

  private long lastKeptAt() {
    return from + kept[size - 1] * 1000L;
  }

  private double lastAccuracy() {
    return kept[size - 2] >> 1;
  }

  /** Good enough for thinning: on a sphere that is flat here. */
  private double metersFromLast(Position position) {
    double latitude = kept[size - 4] / DEGREES;
    double east = Math.abs(position.longitude() - kept[size - 3] / DEGREES);
    double x = Math.min(east, 360 - east) * Math.cos(Math.toRadians(latitude));
    return METERS_PER_DEGREE * Math.hypot(x, position.latitude() - latitude);
  }
}
