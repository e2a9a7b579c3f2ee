package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import app.heyblue.tracking.engine.Places.Place;
import com.uber.h3core.LengthUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EngineLawsTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  private static final int PEOPLE = 5;
  private static final int STEPS = 250;
  private static final int[] PAUSES_MILLIS = {
    0, 100, 1_000, 7_000, 10_000, 20_000, 30_000, 30_000, 45_000, 90_000, 121_000
  };
  private static final String[] ZONES = {"America/New_York", "Pacific/Fiji"};

  private final List<UserId> civilians = people(1);
  private final List<UserId> officers = people(2);

  @Property(tries = 150)
  void saysWhatTheModelSaysNoneMissedNoneTwice(
      @ForAll @IntRange(max = 5) int place,
      @ForAll @IntRange(min = 7, max = 9) int resolution,
      @ForAll Random random) {
    NearnessPolicy policy = policy(random);
    ProximityEngine engine = new ProximityEngine(resolution, policy);
    Model model = new Model(resolution, policy);
    Walk walk = new Walk(Places.all(resolution).get(place), resolution, random);
    Instant now = START;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(pause(random));
      switch (random.nextInt(12)) {
        case 0 -> model.publish(now, engine.publish(now));
        case 1, 2 -> model.pass(now, engine.pass(now));
        case 3 -> {
          UserId officer = any(officers, random);
          model.officerGone(officer, engine.officerGone(officer));
        }
        case 4 -> {
          if (random.nextInt(4) == 0) {
            UserId civilian = any(civilians, random);
            model.civilianGone(civilian, engine.civilianGone(civilian));
          }
        }
        case 5, 6, 7 -> {
          UserId officer = any(officers, random);
          String zone = ZONES[random.nextInt(ZONES.length)];
          Fix fix = walk.next(officer).fix(now.plusMillis(random.nextInt(-2, 4) * 1_000L));
          engine.officerAt(officer, zone, fix, now);
          model.officerAt(officer, zone, fix, now);
          if (random.nextBoolean()) {
            model.publish(now, engine.publish(now));
          }
        }
        default -> {
          UserId civilian = any(civilians, random);
          Fix fix = walk.next(civilian).fix(now.minusMillis(late(random)));
          model.civilianAt(civilian, fix, now, engine.civilianAt(civilian, fix, now));
        }
      }
      for (UserId civilian : civilians) {
        List<NearOfficer> near = engine.nearby(civilian, now);
        assertThat(near).containsExactlyInAnyOrderElementsOf(model.nearby(civilian, now));
        assertThat(near).extracting(NearOfficer::rings).isSorted();
        for (UserId officer : officers) {
          assertThat(engine.isNear(civilian, officer, now))
              .isEqualTo(near.stream().anyMatch(one -> one.officer().equals(officer)));
        }
      }
    }
  }

  /** The second world's officers go elsewhere, but are in the same cells when they're published. */
  @Property(tries = 60)
  void tellsNothingOfOfficersButTheirPublishedCells(
      @ForAll @IntRange(max = 5) int place, @ForAll Random random) {
    int resolution = 8;
    NearnessPolicy policy = policy(random);
    ProximityEngine one = new ProximityEngine(resolution, policy);
    ProximityEngine other = new ProximityEngine(resolution, policy);
    Cells cells = new Cells(resolution);
    Walk walk = new Walk(Places.all(resolution).get(place), resolution, random);
    Map<UserId, Place> sharing = new HashMap<>();
    Map<UserId, Long> published = new HashMap<>();
    Instant now = START;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(pause(random));
      List<ProximityEvent> said = new ArrayList<>();
      List<ProximityEvent> saidElsewhere = new ArrayList<>();
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          for (Map.Entry<UserId, Place> officer : sharing.entrySet()) {
            Place at = officer.getValue();
            long cell =
                cells.settle(
                    published.getOrDefault(officer.getKey(), 0L),
                    at.cell(resolution),
                    at.lat(),
                    at.lon());
            published.put(officer.getKey(), cell);
            other.officerAt(officer.getKey(), ZONES[0], inside(cell, random).fix(now), now);
          }
          said = one.publish(now);
          saidElsewhere = other.publish(now);
        }
        case 2 -> {
          said = one.pass(now);
          saidElsewhere = other.pass(now);
        }
        case 3 -> {
          UserId officer = any(officers, random);
          sharing.remove(officer);
          published.remove(officer);
          said = one.officerGone(officer);
          saidElsewhere = other.officerGone(officer);
        }
        case 4, 5, 6 -> {
          UserId officer = any(officers, random);
          Place at = walk.next(officer);
          sharing.put(officer, at);
          one.officerAt(officer, ZONES[0], at.fix(now), now);
          other.officerAt(officer, ZONES[0], walk.anywhere().fix(now), now);
        }
        default -> {
          UserId civilian = any(civilians, random);
          Fix fix = walk.next(civilian).fix(now);
          said = one.civilianAt(civilian, fix, now);
          saidElsewhere = other.civilianAt(civilian, fix, now);
        }
      }
      assertThat(saidElsewhere).isEqualTo(said);
      for (UserId civilian : civilians) {
        assertThat(other.nearby(civilian, now)).isEqualTo(one.nearby(civilian, now));
      }
    }
  }

  /** Far enough inside for the hysteresis, whatever the cell before. */
  private static Place inside(long cell, Random random) {
    double edge = Places.H3.getHexagonEdgeLengthAvg(8, LengthUnit.m);
    Place center = Places.center(cell);
    Place jittered = center.moved(random.nextDouble(360), random.nextDouble(0.3 * edge));
    return jittered.cell(8) == cell ? jittered : center;
  }

  /** Random rules: they differ by zone, by speed, and by the time in stretches of ten minutes. */
  private static NearnessPolicy policy(Random random) {
    Nearness[] answers = new Nearness[8];
    for (int i = 0; i < answers.length; i++) {
      int[] dwells = {0, 5, 30, 30, 60};
      answers[i] =
          random.nextInt(6) == 0
              ? Nearness.NONE
              : new Nearness(
                  random.nextInt(Nearness.MOST_RINGS + 1),
                  dwells[random.nextInt(dwells.length)],
                  random.nextInt(5));
    }
    double limit = random.nextDouble(5, 40);
    return (now, zone, speed) -> {
      int byZone = zone.equals(ZONES[0]) ? 0 : 1;
      int bySpeed = speed > limit ? 2 : 0;
      int byTime = now.getEpochSecond() / 600 % 2 == 0 ? 0 : 4;
      return answers[byZone + bySpeed + byTime];
    };
  }

  private static int pause(Random random) {
    return random.nextInt(400) == 0
        ? (int) Duration.ofHours(13).toMillis()
        : PAUSES_MILLIS[random.nextInt(PAUSES_MILLIS.length)];
  }

  /** How old a fix is when it comes; a few are ahead, or too old. */
  private static int late(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> -1_000;
      case 1 -> -1_001;
      case 2 -> 121_000;
      default -> random.nextInt(4) * 500;
    };
  }

  private static UserId any(List<UserId> people, Random random) {
    return people.get(random.nextInt(people.size()));
  }

  private static List<UserId> people(int kind) {
    return IntStream.range(0, PEOPLE).mapToObj(i -> new UserId(new UUID(kind, i))).toList();
  }

  /** People who walk about some cells around a place. */
  private static final class Walk {
    private final Place base;
    private final double edge;
    private final Random random;
    private final Map<UserId, Place> places = new HashMap<>();

    Walk(Place base, int resolution, Random random) {
      this.base = base;
      this.edge = Places.H3.getHexagonEdgeLengthAvg(resolution, LengthUnit.m);
      this.random = random;
    }

    Place next(UserId person) {
      Place before = places.get(person);
      double step = random.nextInt(3) == 0 ? 2 * edge : edge / 4;
      Place next =
          before == null || random.nextInt(15) == 0
              ? anywhere()
              : before.moved(random.nextDouble(360), random.nextDouble(step));
      places.put(person, next);
      return next;
    }

    Place anywhere() {
      return base.moved(random.nextDouble(360), random.nextDouble(6 * edge));
    }
  }
}
