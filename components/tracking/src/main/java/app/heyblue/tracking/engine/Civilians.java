package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.util.Arrays;

/**
 * What is known of each civilian: with a position, where that was and how fast; without one, only
 * who it is. Not for several threads at once.
 */
final class Civilians {
  /** How long a position counts. */
  static final long FRESH_MILLIS = 120_000;

  /** How far ahead a time may lie; what lies farther is from before the clock was set back. */
  static final long AHEAD_MILLIS = 1_000;

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

  /** A civilian who isn't there yet, without a position. */
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
    return slot;
  }

  /** Where a civilian is now; the time is that of the latest position or later. */
  void move(int slot, double latitude, double longitude, double meters, long time, long newCell) {
    if (isPlaced(slot)) {
      speed[slot] = speed(slot, latitude, longitude, time);
    }
    positions.update(slot, latitude, longitude);
    accuracy[slot] = (float) meters;
    at[slot] = time;
    cell[slot] = newCell;
  }

  /** Overwrites where a civilian was. */
  void forgetPlace(int slot) {
    positions.remove(slot);
    cell[slot] = 0;
    at[slot] = 0;
    expiry[slot] = 0;
    speed[slot] = 0;
    accuracy[slot] = 0;
  }

  void remove(int slot) {
    forgetPlace(slot);
    slots.remove(slot);
  }

  private float speed(int slot, double latitude, double longitude, long time) {
    long millis = time - at[slot];
    if (millis == 0) {
      return speed[slot];
    }
    double meters =
        Earth.meters(positions.latitude(slot), positions.longitude(slot), latitude, longitude);
    return (float) (meters * 1000 / millis);
  }

  boolean isLive(int slot) {
    return slots.isLive(slot);
  }

  boolean isPlaced(int slot) {
    return positions.contains(slot);
  }

  /** Whether there's a position that counts. */
  boolean isFresh(int slot, long now) {
    return isPlaced(slot) && isFresh(at[slot], now);
  }

  /** Whether a position of that time counts. */
  static boolean isFresh(long time, long now) {
    return now - time <= FRESH_MILLIS && time - now <= AHEAD_MILLIS;
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
