package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.util.Arrays;

/** What is known of each civilian. Not for several threads at once. */
final class Civilians {
  /** How long a position counts. */
  static final long FRESH_MILLIS = 120_000;

  /** After it, a civilian without a position has neither a speed nor alerts that count. */
  static final long KNOWN_MILLIS = FRESH_MILLIS + Rations.DAY_MILLIS;

  private final Slots slots = new Slots();
  private final PositionIndex positions = new PositionIndex();
  private long[] cell = new long[0];
  private long[] at = new long[0];

  /** The lower half of the time at which to look again, but never 0, which is for no time. */
  private int[] expiry = new int[0];

  private float[] speed = new float[0];
  private float[] accuracy = new float[0];

  int find(UserId id) {
    return slots.find(id);
  }

  /** A civilian who isn't there yet; the first {@link #move} must follow. */
  int add(UserId id) {
    int slot = slots.add(id);
    if (slot >= cell.length) {
      int length = Growth.beyond(cell.length, slot);
      cell = Arrays.copyOf(cell, length);
      at = Arrays.copyOf(at, length);
      expiry = Arrays.copyOf(expiry, length);
      speed = Arrays.copyOf(speed, length);
      accuracy = Arrays.copyOf(accuracy, length);
    }
    cell[slot] = 0;
    expiry[slot] = 0;
    speed[slot] = 0;
    return slot;
  }

  void move(int slot, double latitude, double longitude, double meters, long time, long newCell) {
    if (positions.contains(slot)) {
      speed[slot] = speed(slot, latitude, longitude, time);
    }
    positions.update(slot, latitude, longitude);
    accuracy[slot] = (float) meters;
    at[slot] = time;
    cell[slot] = newCell;
  }

  void remove(int slot) {
    positions.remove(slot);
    slots.remove(slot);
  }

  private float speed(int slot, double latitude, double longitude, long time) {
    long millis = time - at[slot];
    if (millis == 0) {
      return speed[slot];
    }
    if (millis > FRESH_MILLIS) {
      return 0;
    }
    double meters =
        Earth.meters(positions.latitude(slot), positions.longitude(slot), latitude, longitude);
    return (float) (meters * 1000 / millis);
  }

  boolean isLive(int slot) {
    return slots.isLive(slot);
  }

  boolean isFresh(int slot, long now) {
    return now - at[slot] <= FRESH_MILLIS;
  }

  int end() {
    return slots.end();
  }

  UserId id(int slot) {
    return slots.id(slot);
  }

  PositionIndex positions() {
    return positions;
  }

  long cell(int slot) {
    return cell[slot];
  }

  long at(int slot) {
    return at[slot];
  }

  float speed(int slot) {
    return speed[slot];
  }

  float accuracy(int slot) {
    return accuracy[slot];
  }

  /** Whether nobody waits for the position to become too old. */
  boolean lacksExpiry(int slot) {
    return expiry[slot] == 0;
  }

  /** Whether that's the time at which to see whether the position is too old. */
  boolean expiresAt(int slot, long time) {
    return expiry[slot] == ((int) time | 1);
  }

  void setExpiry(int slot, long time) {
    expiry[slot] = (int) time | 1;
  }

  void clearExpiry(int slot) {
    expiry[slot] = 0;
  }
}
