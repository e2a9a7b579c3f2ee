package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who stays near whom, and what is told of it. Not for several threads at once. */
final class Stays {
  private static final int SWEPT_AT_ONCE = 64;

  private final Civilians civilians;
  private final Officers officers;
  private final Surroundings surroundings;
  private final Judgement judgement;
  private final Pairs pairs = new Pairs();
  private final Rations rations = new Rations();
  private final Deadlines dwells = new Deadlines();
  private final Deadlines expiries = new Deadlines();
  private @Nullable List<ProximityEvent> events;
  private int swept;

  Stays(Civilians civilians, Officers officers, Surroundings surroundings, NearnessPolicy policy) {
    this.civilians = civilians;
    this.officers = officers;
    this.surroundings = surroundings;
    this.judgement = new Judgement(policy, officers);
  }

  /** Begins a moment at which civilians are evaluated. */
  void begin(Instant now) {
    judgement.begin(now);
  }

  /** Looks at all officers around a civilian anew, or forgets a place that doesn't count. */
  void evaluate(int civilian, long now) {
    if (!civilians.isFresh(civilian, now)) {
      forgetPlace(civilian);
      return;
    }
    int sight = surroundings.firstSight(civilians.cell(civilian));
    while (sight != Surroundings.NONE) {
      int rings = surroundings.rings(sight);
      int officer = isFar(civilian, sight) ? Surroundings.NONE : surroundings.firstOfficer(sight);
      while (officer != Surroundings.NONE) {
        Nearness nearness = judgement.of(officers.zone(officer), civilians.speed(civilian));
        if (rings <= nearness.rings()) {
          stay(civilian, officer, rings, nearness, now);
        }
        officer = surroundings.nextOfficer(officer);
      }
      sight = surroundings.nextSight(sight);
    }
    int pair = pairs.firstOfCivilian(civilian);
    while (pair != Pairs.NONE) {
      int next = pairs.nextOfCivilian(pair);
      if (pairs.isNear(pair) && !pairs.takeSeen(pair)) {
        tell(new ProximityEvent.Left(civilians.id(civilian), officerOf(pair)));
        pairs.leave(pair);
      }
      pair = next;
    }
  }

  /** Saves looking at each officer of a cell where all have the same zone. */
  private boolean isFar(int civilian, int sight) {
    int zone = surroundings.zone(sight);
    return zone != Surroundings.MIXED
        && surroundings.rings(sight) > judgement.of(zone, civilians.speed(civilian)).rings();
  }

  private void stay(int civilian, int officer, int rings, Nearness nearness, long now) {
    int pair = pairs.find(civilian, officer);
    if (pair == Pairs.NONE) {
      pair = pairs.add(civilian, officer);
    }
    if (!pairs.isNear(pair)) {
      pairs.enter(pair, now);
      tell(new ProximityEvent.Entered(civilians.id(civilian), officers.id(officer)));
      if (civilians.lacksExpiry(civilian)) {
        expectExpiry(civilian);
      }
    }
    pairs.see(pair, rings, nearness.alertsPerDay());
    if (!pairs.isWaiting(pair)) {
      return;
    }
    if (nearness.dwellSeconds() == 0) {
      alert(pair, now);
      return;
    }
    if (pairs.setDwell(pair, nearness.dwellSeconds())) {
      dwells.add(pairs.due(pair, now), pair);
    }
  }

  private void alert(int pair, long now) {
    int civilian = pairs.civilian(pair);
    pairs.spend(pair);
    if (rations.today(civilian, now) >= pairs.alertsPerDay(pair)) {
      return;
    }
    rations.add(civilian, now);
    pairs.alerted(pair);
    int officer = pairs.officer(pair);
    tell(
        new ProximityEvent.Dwelt(
            civilians.id(civilian),
            officers.id(officer),
            officers.cell(officer),
            pairs.rings(pair)));
  }

  /** Forgets where civilians were who were near somebody and whose positions are too old. */
  void expire(long now) {
    while (expiries.next() < now) {
      long time = expiries.next();
      int civilian = expiries.poll();
      if (!civilians.isLive(civilian) || !civilians.expiresAt(civilian, time)) {
        continue;
      }
      civilians.clearExpiry(civilian);
      if (!civilians.isFresh(civilian, now)) {
        forgetPlace(civilian);
      } else if (isNearAnybody(civilian)) {
        expectExpiry(civilian);
      }
    }
  }

  private void expectExpiry(int civilian) {
    long time = civilians.at(civilian) + Civilians.FRESH_MILLIS;
    civilians.setExpiry(civilian, time);
    expiries.add(time, civilian);
  }

  private boolean isNearAnybody(int civilian) {
    int pair = pairs.firstOfCivilian(civilian);
    while (pair != Pairs.NONE && !pairs.isNear(pair)) {
      pair = pairs.nextOfCivilian(pair);
    }
    return pair != Pairs.NONE;
  }

  /**
   * Forgets where a civilian is, which ends all stays; when and of whom it was alerted counts on.
   */
  void forgetPlace(int civilian) {
    civilians.forgetPlace(civilian);
    int pair = pairs.firstOfCivilian(civilian);
    while (pair != Pairs.NONE) {
      int next = pairs.nextOfCivilian(pair);
      if (pairs.isNear(pair)) {
        tell(new ProximityEvent.Expired(civilians.id(civilian), officerOf(pair)));
        pairs.leave(pair);
      }
      pair = next;
    }
  }

  /** Alerts those whose dwell is over. */
  void alertWhoDwelt(long now) {
    while (dwells.next() <= now) {
      int pair = dwells.poll();
      if (pairs.isWaiting(pair) && pairs.due(pair, now) <= now) {
        alert(pair, now);
      }
    }
  }

  /** Forgets alerts that don't count any more: those of a few civilians at each call, in turn. */
  void sweep(long now) {
    int end = civilians.end();
    for (int i = Math.min(end, SWEPT_AT_ONCE); i > 0; i--) {
      swept = swept + 1 < end ? swept + 1 : 0;
      if (civilians.isLive(swept) && rations.today(swept, now) == 0) {
        release(swept);
      }
    }
  }

  /** Forgets a civilian altogether of whom nothing counts. */
  void release(int civilian) {
    if (!civilians.isPlaced(civilian)
        && rations.isEmpty(civilian)
        && pairs.firstOfCivilian(civilian) == Pairs.NONE) {
      civilians.remove(civilian);
    }
  }

  void forgetOfficer(int officer) {
    int pair = pairs.firstOfOfficer(officer);
    while (pair != Pairs.NONE) {
      if (pairs.isNear(pair)) {
        tell(new ProximityEvent.Expired(civilians.id(pairs.civilian(pair)), officers.id(officer)));
      }
      pairs.remove(pair);
      pair = pairs.firstOfOfficer(officer);
    }
    if (officers.cell(officer) != 0) {
      surroundings.remove(officer, officers.cell(officer));
    }
    officers.remove(officer);
  }

  List<NearOfficer> of(int civilian) {
    List<NearOfficer> near = new ArrayList<>();
    int pair = pairs.firstOfCivilian(civilian);
    while (pair != Pairs.NONE) {
      if (pairs.isNear(pair)) {
        int officer = pairs.officer(pair);
        near.add(new NearOfficer(officers.id(officer), officers.cell(officer), pairs.rings(pair)));
      }
      pair = pairs.nextOfCivilian(pair);
    }
    return near;
  }

  boolean isNear(int civilian, int officer) {
    int pair = pairs.find(civilian, officer);
    return pair != Pairs.NONE && pairs.isNear(pair);
  }

  private UserId officerOf(int pair) {
    return officers.id(pairs.officer(pair));
  }

  private void tell(ProximityEvent event) {
    List<ProximityEvent> told = events;
    if (told == null) {
      told = new ArrayList<>();
      events = told;
    }
    told.add(event);
  }

  /** What happened since it was asked last. */
  List<ProximityEvent> take() {
    List<ProximityEvent> told = events;
    events = null;
    return told == null ? List.of() : told;
  }
}
