package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of each officer who shares. Where one is, only {@link #positions} says, which
 * overwrites what it forgets. Not for several threads at once.
 */
final class Officers {
  private final Slots slots = new Slots();
  private final PositionIndex positions = new PositionIndex();
  private final Map<String, Integer> zoneNumbers = new HashMap<>();
  private final List<String> zones = new ArrayList<>();
  private long[] cell = new long[0];
  private long[] at = new long[0];
  private float[] accuracy = new float[0];
  private int[] zone = new int[0];
  private int[] publishedZone = new int[0];

  int find(UserId id) {
    return slots.find(id);
  }

  /** An officer who isn't there yet; the first {@link #move} must follow. */
  int add(UserId id) {
    int slot = slots.add(id);
    if (slot >= cell.length) {
      int length = Growth.beyond(cell.length, slot);
      cell = Arrays.copyOf(cell, length);
      at = Arrays.copyOf(at, length);
      accuracy = Arrays.copyOf(accuracy, length);
      zone = Arrays.copyOf(zone, length);
      publishedZone = Arrays.copyOf(publishedZone, length);
    }
    cell[slot] = 0;
    at[slot] = Long.MIN_VALUE;
    return slot;
  }

  void move(int slot, String zoneName, Fix fix) {
    positions.update(slot, fix.latitude(), fix.longitude());
    accuracy[slot] = (float) fix.accuracyMeters();
    at[slot] = fix.at().toEpochMilli();
    Integer number = zoneNumbers.get(zoneName);
    if (number == null) {
      number = zones.size();
      zones.add(zoneName);
      zoneNumbers.put(zoneName, number);
    }
    zone[slot] = number;
  }

  void publish(int slot, long newCell) {
    cell[slot] = newCell;
    publishedZone[slot] = zone[slot];
  }

  void remove(int slot) {
    positions.remove(slot);
    accuracy[slot] = 0;
    at[slot] = 0;
    cell[slot] = 0;
    slots.remove(slot);
  }

  boolean isLive(int slot) {
    return slots.isLive(slot);
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

  /** The published cell, 0 before the first. */
  long cell(int slot) {
    return cell[slot];
  }

  long at(int slot) {
    return at[slot];
  }

  float accuracy(int slot) {
    return accuracy[slot];
  }

  /** The number of the zone as it was when the cell was published. */
  int zone(int slot) {
    return publishedZone[slot];
  }

  String zoneName(int number) {
    return zones.get(number);
  }
}
