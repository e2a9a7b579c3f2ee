package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import com.uber.h3core.LengthUnit;
import com.uber.h3core.util.LatLng;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the engine should say, from plain maps that are gone through from scratch at each step.
 * Where several alerts are due to one civilian at once, the engine may choose which it sends; the
 * model takes over the choice and sees that it's allowed.
 */
final class Model {
  private static final Duration FRESH = Duration.ofMinutes(2);
  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  record Civilian(Fix fix, long cell, float speed) {}

  record Officer(Fix fix, String zone, long cell, String publishedZone) {}

  record Pair(UserId civilian, UserId officer) {}

  record Stay(Instant since, int rings, Nearness nearness, boolean spent) {}

  private final int resolution;
  private final NearnessPolicy policy;
  private final Map<UserId, Civilian> civilians = new TreeMap<>();
  private final Map<UserId, Officer> officers = new TreeMap<>();
  private final Map<Pair, Stay> stays = new HashMap<>();
  private final Map<UserId, List<Instant>> alerts = new HashMap<>();
  private final Set<Pair> alerted = new HashSet<>();

  Model(int resolution, NearnessPolicy policy) {
    this.resolution = resolution;
    this.policy = policy;
  }

  void civilianAt(UserId id, Fix fix, Instant now, List<ProximityEvent> said) {
    List<ProximityEvent> expected = expire(Set.of(id), now);
    Civilian before = isFresh(id, now) ? civilians.get(id) : null;
    if (isFresh(fix, now) && (before == null || !fix.at().isBefore(before.fix().at()))) {
      civilians.put(id, moved(before, fix));
      expected.addAll(evaluate(id, now, said));
    }
    assertThat(said).containsExactlyInAnyOrderElementsOf(expected);
  }

  void civilianGone(UserId id, List<ProximityEvent> said) {
    civilians.remove(id);
    assertThat(said).containsExactlyInAnyOrderElementsOf(end(pair -> pair.civilian().equals(id)));
  }

  void officerAt(UserId id, String zone, Fix fix, Instant now) {
    Officer before = officers.get(id);
    if (before == null) {
      officers.put(id, new Officer(fix, zone, 0, zone));
    } else if (!fix.at().isBefore(before.fix().at())
        || before.fix().at().isAfter(now.plus(AHEAD))) {
      officers.put(id, new Officer(fix, zone, before.cell(), before.publishedZone()));
    }
  }

  void officerGone(UserId id, List<ProximityEvent> said) {
    officers.remove(id);
    alerted.removeIf(pair -> pair.officer().equals(id));
    assertThat(said).containsExactlyInAnyOrderElementsOf(end(pair -> pair.officer().equals(id)));
  }

  void publish(Instant now, List<ProximityEvent> said) {
    List<ProximityEvent> expected = expire(civilians.keySet(), now);
    officers.replaceAll(
        (_, officer) ->
            new Officer(
                officer.fix(),
                officer.zone(),
                settle(officer.cell(), officer.fix()),
                officer.zone()));
    for (UserId civilian : civilians.keySet()) {
      expected.addAll(evaluate(civilian, now, said));
    }
    assertThat(said).containsExactlyInAnyOrderElementsOf(expected);
  }

  void pass(Instant now, List<ProximityEvent> said) {
    List<ProximityEvent> expected = expire(civilians.keySet(), now);
    Set<Pair> due = new HashSet<>();
    stays.forEach(
        (pair, stay) -> {
          if (!stay.since().plusSeconds(stay.nearness().dwellSeconds()).isAfter(now)) {
            due.add(pair);
          }
        });
    expected.addAll(alert(due, now, said));
    assertThat(said).containsExactlyInAnyOrderElementsOf(expected);
  }

  Set<NearOfficer> nearby(UserId civilian, Instant now) {
    Set<NearOfficer> near = new HashSet<>();
    if (isFresh(civilian, now)) {
      stays.forEach(
          (pair, stay) -> {
            if (pair.civilian().equals(civilian)) {
              near.add(
                  new NearOfficer(pair.officer(), officer(pair.officer()).cell(), stay.rings()));
            }
          });
    }
    return near;
  }

  /** The cell that an officer is published in, 0 before the first time. */
  long publishedCell(UserId officer) {
    return officer(officer).cell();
  }

  private Officer officer(UserId id) {
    return Objects.requireNonNull(officers.get(id));
  }

  private List<ProximityEvent> evaluate(UserId id, Instant now, List<ProximityEvent> said) {
    if (!isFresh(id, now)) {
      return List.of();
    }
    List<ProximityEvent> events = new ArrayList<>();
    Civilian civilian = Objects.requireNonNull(civilians.get(id));
    Map<Long, Integer> around = around(civilian.cell());
    Set<Pair> due = new HashSet<>();
    officers.forEach(
        (officerId, officer) -> {
          Pair pair = new Pair(id, officerId);
          Integer rings = around.get(officer.cell());
          Nearness nearness =
              rings == null
                  ? Nearness.NONE
                  : policy.decide(now, officer.publishedZone(), civilian.speed());
          Stay stay = stays.get(pair);
          if (rings == null || rings > nearness.rings()) {
            if (stays.remove(pair) != null) {
              events.add(new ProximityEvent.Left(id, officerId));
            }
            return;
          }
          if (stay == null) {
            events.add(new ProximityEvent.Entered(id, officerId));
            stays.put(pair, new Stay(now, rings, nearness, false));
          } else {
            stays.put(pair, new Stay(stay.since(), rings, nearness, stay.spent()));
          }
          if (nearness.dwellSeconds() == 0) {
            due.add(pair);
          }
        });
    events.addAll(alert(due, now, said));
    return events;
  }

  private List<ProximityEvent> alert(Set<Pair> due, Instant now, List<ProximityEvent> said) {
    due.removeIf(pair -> stay(pair).spent() || alerted.contains(pair));
    List<ProximityEvent> events = new ArrayList<>();
    for (ProximityEvent event : said) {
      Pair pair = new Pair(event.civilian(), event.officer());
      if (event instanceof ProximityEvent.Dwelt
          && due.contains(pair)
          && today(pair, now) < stay(pair).nearness().alertsPerDay()) {
        due.remove(pair);
        alerted.add(pair);
        alerts.computeIfAbsent(pair.civilian(), _ -> new ArrayList<>()).add(now);
        spend(pair);
        events.add(
            new ProximityEvent.Dwelt(
                pair.civilian(),
                pair.officer(),
                publishedCell(pair.officer()),
                stay(pair).rings()));
      }
    }
    for (Pair pair : due) {
      assertThat(today(pair, now)).isGreaterThanOrEqualTo(stay(pair).nearness().alertsPerDay());
      spend(pair);
    }
    return events;
  }

  private Stay stay(Pair pair) {
    return Objects.requireNonNull(stays.get(pair));
  }

  private void spend(Pair pair) {
    stays.computeIfPresent(
        pair, (_, stay) -> new Stay(stay.since(), stay.rings(), stay.nearness(), true));
  }

  private long today(Pair pair, Instant now) {
    return alerts.getOrDefault(pair.civilian(), List.of()).stream()
        .filter(at -> at.isAfter(now.minus(DAY)))
        .count();
  }

  private List<ProximityEvent> expire(Set<UserId> whose, Instant now) {
    return end(pair -> whose.contains(pair.civilian()) && !isFresh(pair.civilian(), now));
  }

  private List<ProximityEvent> end(Predicate<Pair> which) {
    List<ProximityEvent> events = new ArrayList<>();
    for (Pair pair : List.copyOf(stays.keySet())) {
      if (which.test(pair)) {
        stays.remove(pair);
        events.add(new ProximityEvent.Expired(pair.civilian(), pair.officer()));
      }
    }
    return events;
  }

  private boolean isFresh(UserId id, Instant now) {
    Civilian civilian = civilians.get(id);
    return civilian != null && isFresh(civilian.fix(), now);
  }

  private static boolean isFresh(Fix fix, Instant now) {
    return !fix.at().isBefore(now.minus(FRESH)) && !fix.at().isAfter(now.plus(AHEAD));
  }

  private Civilian moved(@Nullable Civilian before, Fix fix) {
    if (before == null) {
      return new Civilian(fix, settle(0, fix), 0);
    }
    Duration time = Duration.between(before.fix().at(), fix.at());
    float speed;
    if (time.isZero()) {
      speed = before.speed();
    } else {
      speed = (float) (meters(before.fix(), fix) * 1000 / time.toMillis());
    }
    return new Civilian(fix, settle(before.cell(), fix), speed);
  }

  private long settle(long old, Fix fix) {
    long actual = Places.H3.latLngToCell(fix.latitude(), fix.longitude(), resolution);
    if (old == 0) {
      return actual;
    }
    double margin = 0.11 * Places.H3.getHexagonEdgeLengthAvg(resolution, LengthUnit.m);
    return fromCenter(old, fix) - fromCenter(actual, fix) >= margin ? actual : old;
  }

  private static double fromCenter(long cell, Fix fix) {
    LatLng center = Places.H3.cellToLatLng(cell);
    return Earth.meters(center.lat, center.lng, fix.latitude(), fix.longitude());
  }

  private static double meters(Fix from, Fix to) {
    return Earth.meters(from.latitude(), from.longitude(), to.latitude(), to.longitude());
  }

  private final Map<Long, Map<Long, Integer>> known = new HashMap<>();

  private Map<Long, Integer> around(long cell) {
    return known.computeIfAbsent(cell, _ -> Places.rings(cell, Nearness.MOST_RINGS));
  }
}
