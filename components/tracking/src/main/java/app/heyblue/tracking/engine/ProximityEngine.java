package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is near whom. Positions come in, events come out; it has no clock, thread or storage of its
 * own and can be used by many threads at once.
 *
 * <p>A civilian and an officer are near where no more rings of cells lie between their cells than
 * the policy says. A civilian's cell follows each fix, an officer's is published by {@link
 * #publish} only; both are left only where the old cell's centre is farther than the new one's by
 * 0.11 of the mean length of an edge (58 m at resolution 8). All that is answered, but for {@link
 * #gap}, comes from the civilian's own fixes and the officers' published cells.
 *
 * <p>The policy is asked at each fix of a civilian and, for all, at each {@link #publish}. Whenever
 * a method is given a moment, positions of civilians that are more than two minutes older don't
 * count, nor does anybody's that lies more than a second ahead: the clock was set back since. A
 * civilian's place that doesn't count is overwritten at the next {@link #publish} at the latest.
 * Times are kept in milliseconds, places to 10⁻⁷ degrees.
 */
public final class ProximityEngine {
  /** After so many devices {@link #publish} lets others in. */
  private static final int OFFICERS_AT_ONCE = 64;

  private static final int CIVILIANS_AT_ONCE = 4096;
  private static final int PATIENCE = 200;

  /** How late the slow clock may come to its turn; a clock that goes back farther was set back. */
  private static final long LATE_MILLIS = 60_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Cells cells;
  private final Civilians civilians = new Civilians();
  private final Officers officers = new Officers();
  private final Surroundings surroundings;
  private final Stays stays;
  private long latest = Long.MIN_VALUE;

  /**
   * An empty engine.
   *
   * @param cellResolution of H3, 0 to 10: how coarsely officers' places are published
   */
  public ProximityEngine(int cellResolution, NearnessPolicy policy) {
    cells = new Cells(cellResolution);
    surroundings = new Surroundings(cells);
    stays = new Stays(civilians, officers, surroundings, policy);
  }

  /**
   * Takes in where a civilian is. A fix that is earlier than the latest one that counts changes
   * nothing, nor does one that doesn't count itself.
   */
  public List<ProximityEvent> civilianAt(UserId civilian, Fix fix, Instant now) {
    double latitude = PositionIndex.rounded(fix.latitude());
    double longitude = PositionIndex.rounded(fix.longitude());
    long actual = cells.at(latitude, longitude);
    long moment = now.toEpochMilli();
    long time = fix.at().toEpochMilli();
    lock.lock();
    try {
      latest = later(moment);
      int slot = civilians.find(civilian);
      boolean isPlaced = slot != Slots.NONE && civilians.isFresh(slot, moment);
      if (slot != Slots.NONE && !isPlaced) {
        stays.forgetPlace(slot);
      }
      if (!Civilians.isFresh(time, moment) || (isPlaced && time < civilians.at(slot))) {
        return stays.take();
      }
      if (slot == Slots.NONE) {
        slot = civilians.add(civilian);
      }
      long cell = cells.settle(civilians.cell(slot), actual, latitude, longitude);
      civilians.move(slot, latitude, longitude, fix.accuracyMeters(), time, cell);
      stays.begin(now);
      stays.evaluate(slot, moment);
      return stays.take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets at once where a civilian is. So that coming back brings no alerts anew, it stays known
   * for 24 hours when there were alerts, and while an officer shares that there was one of it.
   */
  public List<ProximityEvent> civilianGone(UserId civilian) {
    lock.lock();
    try {
      int slot = civilians.find(civilian);
      if (slot != Slots.NONE) {
        stays.forgetPlace(slot);
        stays.release(slot);
      }
      return stays.take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in where an officer is; nobody can tell before the next {@link #publish}. A fix that is
   * earlier than the latest one that counts changes nothing.
   */
  public void officerAt(UserId officer, String zone, Fix fix, Instant now) {
    long newest = now.toEpochMilli() + Civilians.AHEAD_MILLIS;
    lock.lock();
    try {
      int slot = officers.find(officer);
      if (slot == Slots.NONE) {
        slot = officers.add(officer);
      }
      if (fix.at().toEpochMilli() >= officers.at(slot) || officers.at(slot) > newest) {
        officers.move(slot, zone, fix);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets an officer, at once and altogether: where it was is overwritten. */
  public List<ProximityEvent> officerGone(UserId officer) {
    lock.lock();
    try {
      int slot = officers.find(officer);
      if (slot != Slots.NONE) {
        stays.forgetOfficer(slot);
      }
      return stays.take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The slow clock: publishes the cells of all officers anew, with hysteresis, and looks at all
   * civilians around them. Other threads are let in between.
   */
  public List<ProximityEvent> publish(Instant now) {
    List<ProximityEvent> told = new ArrayList<>();
    lock.lock();
    try {
      latest = later(now.toEpochMilli());
      stays.expire(latest);
      told.addAll(stays.take());
      for (int slot = 0; slot < officers.end(); slot++) {
        if (officers.isLive(slot)) {
          publish(slot);
        }
        if (slot % OFFICERS_AT_ONCE == OFFICERS_AT_ONCE - 1) {
          letOthersIn();
        }
      }
      stays.begin(now);
      for (int slot = 0; slot < civilians.end(); slot++) {
        if (civilians.isLive(slot)) {
          stays.evaluate(slot, latest);
        }
        if (slot % CIVILIANS_AT_ONCE == CIVILIANS_AT_ONCE - 1) {
          told.addAll(stays.take());
          letOthersIn();
          stays.begin(now);
        }
      }
      told.addAll(stays.take());
      return told;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The latest moment given. A thread may be late when it comes to its turn, and positions that
   * came in since its moment aren't ahead.
   */
  private long later(long moment) {
    return latest > moment && latest - moment <= LATE_MILLIS ? latest : moment;
  }

  private void publish(int officer) {
    double latitude = officers.positions().latitude(officer);
    double longitude = officers.positions().longitude(officer);
    long before = officers.cell(officer);
    long cell = cells.settle(before, cells.at(latitude, longitude), latitude, longitude);
    int zone = officers.zone(officer);
    officers.publish(officer, cell);
    if (cell != before || zone != officers.zone(officer)) {
      if (before != 0) {
        surroundings.remove(officer, before);
      }
      surroundings.add(officer, cell, officers.zone(officer));
    }
  }

  /** Whoever waits gets the lock before this thread has it again, unless there's no end of them. */
  private void letOthersIn() {
    if (!lock.hasQueuedThreads()) {
      return;
    }
    lock.unlock();
    for (int i = 0; i < PATIENCE && lock.hasQueuedThreads(); i++) {
      Thread.yield();
    }
    lock.lock();
  }

  /** What is due by now: positions that are too old, dwells that are over. */
  public List<ProximityEvent> pass(Instant now) {
    long moment = now.toEpochMilli();
    lock.lock();
    try {
      stays.expire(later(moment));
      stays.alertWhoDwelt(moment);
      stays.sweep(moment);
      return stays.take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The officers near a civilian, by rings; empty where the civilian's position doesn't count.
   * Those at the same distance come in an order that stays the same, and so could tell who is who:
   * whoever shows them must give them another each time.
   */
  public List<NearOfficer> nearby(UserId civilian, Instant now) {
    List<NearOfficer> near;
    lock.lock();
    try {
      int slot = civilians.find(civilian);
      if (slot == Slots.NONE || !civilians.isFresh(slot, now.toEpochMilli())) {
        return List.of();
      }
      near = stays.of(slot);
    } finally {
      lock.unlock();
    }
    near.sort(Comparator.comparingInt(NearOfficer::rings));
    return near;
  }

  /** Whether a civilian's latest position is recent enough to say who is near. */
  public boolean isPlaced(UserId civilian, Instant now) {
    lock.lock();
    try {
      int slot = civilians.find(civilian);
      return slot != Slots.NONE && civilians.isFresh(slot, now.toEpochMilli());
    } finally {
      lock.unlock();
    }
  }

  /** Whether the two are near by their cells. */
  public boolean isNear(UserId civilian, UserId officer, Instant now) {
    lock.lock();
    try {
      int slot = civilians.find(civilian);
      int other = officers.find(officer);
      return slot != Slots.NONE
          && other != Slots.NONE
          && civilians.isFresh(slot, now.toEpochMilli())
          && stays.isNear(slot, other);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Metres between the latest positions of the two, less both accuracies, at least 0; empty where
   * one is unknown, older than that or ahead.
   */
  public OptionalDouble gap(UserId civilian, UserId officer, Instant now, Duration maxAge) {
    long oldest = now.minus(maxAge).toEpochMilli();
    long newest = now.toEpochMilli() + Civilians.AHEAD_MILLIS;
    lock.lock();
    try {
      int slot = civilians.find(civilian);
      int other = officers.find(officer);
      if (slot == Slots.NONE
          || other == Slots.NONE
          || !civilians.isPlaced(slot)
          || !isBetween(oldest, civilians.at(slot), newest)
          || !isBetween(oldest, officers.at(other), newest)) {
        return OptionalDouble.empty();
      }
      double meters = civilians.positions().meters(slot, officers.positions(), other);
      return OptionalDouble.of(
          Math.max(0, meters - civilians.accuracy(slot) - officers.accuracy(other)));
    } finally {
      lock.unlock();
    }
  }

  private static boolean isBetween(long oldest, long time, long newest) {
    return oldest <= time && time <= newest;
  }
}
