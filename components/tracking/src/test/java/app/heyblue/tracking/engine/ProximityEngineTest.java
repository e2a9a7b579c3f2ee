package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.heyblue.kernel.UserId;
import app.heyblue.tracking.engine.Places.Place;
import app.heyblue.tracking.engine.ProximityEvent.Dwelt;
import app.heyblue.tracking.engine.ProximityEvent.Entered;
import app.heyblue.tracking.engine.ProximityEvent.Expired;
import app.heyblue.tracking.engine.ProximityEvent.Left;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProximityEngineTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final int RESOLUTION = 8;
  private static final String ZONE = "America/New_York";
  private static final Instant NOON = Instant.parse("2026-06-01T16:00:00Z");
  private static final UserId ANN = new UserId(new UUID(1, 1));
  private static final UserId BOB = new UserId(new UUID(1, 2));
  private static final UserId OFFICER = new UserId(new UUID(2, 1));
  private static final UserId COLLEAGUE = new UserId(new UUID(2, 2));
  private static final Nearness SHIPPED = new Nearness(1, 30, 20);

  private final Place here = Places.center(Places.NEW_YORK.cell(RESOLUTION));
  private final long cell = here.cell(RESOLUTION);

  @Test
  void tellsEachPartOfAStayOnce() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    assertThat(engine.civilianAt(ANN, here.fix(NOON), NOON)).isEmpty();

    assertThat(engine.publish(NOON)).containsExactly(new Entered(ANN, OFFICER));
    assertThat(engine.nearby(ANN, NOON)).containsExactly(new NearOfficer(OFFICER, cell, 0));
    assertThat(engine.isNear(ANN, OFFICER, NOON)).isTrue();
    assertThat(engine.pass(after(29.9))).isEmpty();
    assertThat(engine.pass(after(30))).containsExactly(new Dwelt(ANN, OFFICER, cell, 0));
    assertThat(engine.pass(after(31))).isEmpty();
    assertThat(engine.publish(after(31))).isEmpty();
    Place far = here.moved(90, 5_000);
    assertThat(engine.civilianAt(ANN, far.fix(after(60)), after(60)))
        .containsExactly(new Left(ANN, OFFICER));
    assertThat(engine.nearby(ANN, after(60))).isEmpty();
    assertThat(engine.isNear(ANN, OFFICER, after(60))).isFalse();
  }

  @Test
  void hidesAnOfficerUntilTheSlowClockTicks() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here.moved(0, 8_000), NOON);
    assertThat(engine.publish(NOON)).isEmpty();

    share(engine, OFFICER, here, after(1));

    assertThat(engine.civilianAt(ANN, here.fix(after(2)), after(2))).isEmpty();
    assertThat(engine.pass(after(20))).isEmpty();
    assertThat(engine.nearby(ANN, after(20))).isEmpty();
    assertThat(engine.publish(after(30))).containsExactly(new Entered(ANN, OFFICER));
  }

  @Test
  void anOfficerWhoIsGoneVanishesAtOnce() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.civilianAt(BOB, here.moved(0, 20).fix(NOON), NOON);

    assertThat(engine.officerGone(OFFICER))
        .containsExactlyInAnyOrder(new Expired(ANN, OFFICER), new Expired(BOB, OFFICER));
    assertThat(engine.nearby(ANN, NOON)).isEmpty();
    assertThat(engine.gap(ANN, OFFICER, NOON, TWO_MINUTES)).isEmpty();
    assertThat(engine.officerGone(OFFICER)).isEmpty();
    assertThat(engine.pass(after(40))).isEmpty();
  }

  @Test
  void aPositionCountsForTwoMinutes() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.pass(after(30));

    assertThat(engine.pass(after(120))).isEmpty();
    assertThat(engine.nearby(ANN, after(120))).hasSize(1);
    assertThat(engine.nearby(ANN, after(120.001))).isEmpty();
    assertThat(engine.isNear(ANN, OFFICER, after(120.001))).isFalse();
    assertThat(engine.gap(ANN, OFFICER, after(120.001), TWO_MINUTES)).isEmpty();
    assertThat(engine.pass(after(120.1))).containsExactly(new Expired(ANN, OFFICER));
    assertThat(engine.publish(after(121))).isEmpty();
    assertThat(engine.civilianAt(ANN, here.fix(after(130)), after(130)))
        .containsExactly(new Entered(ANN, OFFICER));
  }

  @Test
  void aPlaceThatDoesNotCountIsForgotten() {
    ProximityEngine engine = engine(new Nearness(0, 0, 20));
    Duration day = Duration.ofDays(1);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.civilianAt(BOB, here.moved(90, 5_000).fix(NOON), NOON);

    engine.publish(after(120));
    assertThat(engine.gap(ANN, OFFICER, after(120), day)).isPresent();
    assertThat(engine.gap(BOB, OFFICER, after(120), day)).isPresent();
    engine.pass(after(120.1));
    assertThat(engine.gap(ANN, OFFICER, after(120.1), day)).isEmpty();
    engine.publish(after(120.1));
    assertThat(engine.gap(BOB, OFFICER, after(120.1), day)).isEmpty();
  }

  @Test
  void aCivilianWhoIsGoneIsNowhereAtOnce() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.civilianAt(BOB, here.fix(NOON), NOON);
    engine.pass(after(30));

    assertThat(engine.civilianGone(ANN)).containsExactly(new Expired(ANN, OFFICER));
    assertThat(engine.civilianGone(ANN)).isEmpty();
    assertThat(engine.isPlaced(ANN, after(30))).isFalse();
    assertThat(engine.nearby(ANN, after(30))).isEmpty();
    assertThat(engine.isNear(ANN, OFFICER, after(30))).isFalse();
    assertThat(engine.gap(ANN, OFFICER, after(30), TWO_MINUTES)).isEmpty();
    assertThat(engine.isNear(BOB, OFFICER, after(30))).isTrue();
    assertThat(engine.publish(after(60))).isEmpty();
  }

  @Test
  void goingAndComingAgainBringsNoAlertsAnew() {
    ProximityEngine engine = engine(new Nearness(1, 0, 2));
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    List<ProximityEvent> events = new ArrayList<>();
    for (int second = 0; second < 10; second++) {
      events.addAll(engine.civilianAt(ANN, here.fix(after(second)), after(second)));
      engine.civilianGone(ANN);
    }
    assertThat(events).filteredOn(Dwelt.class::isInstance).hasSize(1);

    engine.officerGone(OFFICER);
    share(engine, OFFICER, here, after(20));
    engine.publish(after(20));
    assertThat(engine.civilianAt(ANN, here.fix(after(21)), after(21)))
        .contains(new Dwelt(ANN, OFFICER, cell, 0));
    engine.civilianGone(ANN);
    engine.officerGone(OFFICER);
    share(engine, OFFICER, here, after(86_399));
    engine.publish(after(86_399));
    assertThat(engine.civilianAt(ANN, here.fix(after(86_399)), after(86_399)))
        .containsExactly(new Entered(ANN, OFFICER));
    engine.civilianGone(ANN);
    engine.pass(after(86_400));
    assertThat(engine.civilianAt(ANN, here.fix(after(86_400)), after(86_400)))
        .contains(new Dwelt(ANN, OFFICER, cell, 0));
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    ProximityEngine engine = engine(SHIPPED);
    Place far = here.moved(90, 5_000);
    share(engine, OFFICER, far, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, far.fix(NOON), NOON);
    Instant back = NOON.minusSeconds(3_600);

    assertThat(engine.isPlaced(ANN, back)).isFalse();
    assertThat(engine.nearby(ANN, back)).isEmpty();
    assertThat(engine.isNear(ANN, OFFICER, back)).isFalse();
    assertThat(engine.gap(ANN, OFFICER, back, TWO_MINUTES)).isEmpty();
    assertThat(engine.civilianAt(ANN, here.fix(back), back))
        .containsExactly(new Expired(ANN, OFFICER));
    assertThat(engine.gap(ANN, OFFICER, back, TWO_MINUTES)).isEmpty();
    share(engine, OFFICER, here, back);
    assertThat(engine.gap(ANN, OFFICER, back, TWO_MINUTES)).hasValue(0);
    assertThat(engine.publish(back)).containsExactly(new Entered(ANN, OFFICER));
    assertThat(engine.pass(back.plusSeconds(30))).containsExactly(new Dwelt(ANN, OFFICER, cell, 0));
    assertThat(engine.pass(back.plusSeconds(121))).containsExactly(new Expired(ANN, OFFICER));
  }

  @Test
  void aClockThatIsSetBackEndsTheStaysOfTheSilent() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    Instant back = NOON.minusSeconds(3_600);

    assertThat(engine.publish(back)).containsExactly(new Expired(ANN, OFFICER));
    assertThat(engine.isPlaced(ANN, NOON)).isFalse();
  }

  @Test
  void aSlowClockThatIsLateForgetsNobody() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(after(119)), after(119));
    engine.civilianAt(ANN, here.fix(after(125)), after(125));

    assertThat(engine.pass(after(121))).doesNotHaveAnyElementsOfTypes(Expired.class);
    assertThat(engine.publish(after(121))).isEmpty();
    assertThat(engine.isNear(ANN, OFFICER, after(126))).isTrue();
  }

  @Test
  void clocksThatDifferByASecondAreTheSame() {
    ProximityEngine engine = engine(SHIPPED);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);

    assertThat(engine.isNear(ANN, OFFICER, after(-1))).isTrue();
    assertThat(engine.gap(ANN, OFFICER, after(-1), TWO_MINUTES)).isPresent();
    assertThat(engine.civilianAt(ANN, here.moved(90, 5_000).fix(after(-1)), after(-1))).isEmpty();
    assertThat(engine.isNear(ANN, OFFICER, after(-1))).isTrue();
    assertThat(engine.isNear(ANN, OFFICER, after(-1.001))).isFalse();
    assertThat(engine.gap(ANN, OFFICER, after(-1.001), TWO_MINUTES)).isEmpty();
  }

  @Test
  void theSpeedBeginsAnewWhereTheLastPlaceDoesNotCount() {
    List<Double> speeds = new ArrayList<>();
    ProximityEngine engine =
        new ProximityEngine(
            RESOLUTION,
            (_, _, speed) -> {
              speeds.add(speed);
              return Nearness.NONE;
            });
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    Instant back = NOON.minusSeconds(3_600);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.civilianAt(ANN, here.moved(0, 100).fix(after(60)), after(121));
    engine.civilianAt(ANN, here.fix(back), back);
    engine.civilianAt(ANN, here.moved(0, 100).fix(back.plusSeconds(10)), back.plusSeconds(10));

    assertThat(speeds).hasSize(4);
    assertThat(speeds.subList(0, 3)).containsOnly(0.0);
    assertThat(speeds.get(3)).isCloseTo(10, within(0.01));
  }

  @Test
  void whoStandsOnABorderIsToldOnce() {
    ProximityEngine engine = engine(new Nearness(0, 0, 20));
    Place border = border();
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    List<ProximityEvent> events = new ArrayList<>(engine.civilianAt(ANN, here.fix(NOON), NOON));
    for (int second = 1; second < 100; second++) {
      Place jittered = border.moved(second * 137.5, 25);
      events.addAll(engine.civilianAt(ANN, jittered.fix(after(second)), after(second)));
    }

    assertThat(events).containsExactly(new Entered(ANN, OFFICER), new Dwelt(ANN, OFFICER, cell, 0));
  }

  @Test
  void whoComesBackIsAlertedOnceASharing() {
    ProximityEngine engine = engine(new Nearness(1, 0, 20));
    Place far = here.moved(90, 5_000);
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    List<ProximityEvent> events = new ArrayList<>();
    for (int minute = 0; minute < 4; minute++) {
      Instant now = after(60 * minute);
      events.addAll(engine.civilianAt(ANN, (minute % 2 == 0 ? here : far).fix(now), now));
    }
    assertThat(events)
        .containsExactly(
            new Entered(ANN, OFFICER),
            new Dwelt(ANN, OFFICER, cell, 0),
            new Left(ANN, OFFICER),
            new Entered(ANN, OFFICER),
            new Left(ANN, OFFICER));

    engine.officerGone(OFFICER);
    share(engine, OFFICER, here, after(300));
    engine.publish(after(300));
    assertThat(engine.civilianAt(ANN, here.fix(after(301)), after(301)))
        .contains(new Dwelt(ANN, OFFICER, cell, 0));
  }

  @Test
  void whoDrivesPastIsToldNothingWhereTheRulesSaySo() {
    ProximityEngine engine =
        new ProximityEngine(
            RESOLUTION, (_, _, speed) -> speed > 8 ? Nearness.NONE : new Nearness(1, 0, 20));
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    List<ProximityEvent> events = new ArrayList<>();
    for (int second = 0; second <= 600; second += 10) {
      Place at = here.moved(270, 4_500).moved(90, 15 * second);
      events.addAll(engine.civilianAt(ANN, at.fix(after(second)), after(second)));
      events.addAll(engine.pass(after(second)));
    }
    assertThat(events).isEmpty();
  }

  @Test
  void equalTimesKeepTheSpeedAndLongPausesForgetIt() {
    List<Double> speeds = new ArrayList<>();
    ProximityEngine engine =
        new ProximityEngine(
            RESOLUTION,
            (_, _, speed) -> {
              speeds.add(speed);
              return Nearness.NONE;
            });
    share(engine, OFFICER, here, NOON);
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);
    engine.civilianAt(ANN, here.moved(0, 100).fix(after(10)), after(10));
    engine.civilianAt(ANN, here.moved(0, 50).fix(after(10)), after(10));
    engine.civilianAt(ANN, here.moved(0, 50).fix(after(5)), after(11));
    engine.civilianAt(ANN, here.fix(after(131)), after(131));

    assertThat(speeds).hasSize(4);
    assertThat(speeds.get(0)).isZero();
    assertThat(speeds.get(1)).isCloseTo(10, within(0.01));
    assertThat(speeds.get(2)).isEqualTo(speeds.get(1));
    assertThat(speeds.get(3)).isZero();
  }

  @Test
  void asksThePolicyOnlyWhereAnOfficerIsAround() {
    List<String> asked = new ArrayList<>();
    ProximityEngine engine =
        new ProximityEngine(
            RESOLUTION,
            (_, zone, _) -> {
              asked.add(zone);
              return SHIPPED;
            });
    share(engine, OFFICER, here, NOON);
    engine.civilianAt(ANN, here.moved(45, 12_000).fix(NOON), NOON);
    engine.publish(NOON);
    assertThat(asked).isEmpty();

    engine.civilianAt(ANN, here.moved(45, 3_000).fix(after(1)), after(1));
    assertThat(asked).containsExactly(ZONE);
  }

  @Test
  void quietHoursEndStays() {
    NearnessPolicy quietAtNight =
        (now, zone, _) ->
            LocalTime.ofInstant(now, ZoneId.of(zone)).getHour() >= 22 ? Nearness.NONE : SHIPPED;
    ProximityEngine engine = new ProximityEngine(RESOLUTION, quietAtNight);
    Instant evening = Instant.parse("2026-06-02T01:59:40Z");
    share(engine, OFFICER, here, evening);
    engine.publish(evening);
    assertThat(engine.civilianAt(ANN, here.fix(evening), evening))
        .containsExactly(new Entered(ANN, OFFICER));

    Instant night = evening.plusSeconds(20);
    assertThat(engine.publish(night)).containsExactly(new Left(ANN, OFFICER));
    assertThat(engine.pass(night.plusSeconds(20))).isEmpty();
  }

  @Test
  void alertsAreRationedByTheDay() {
    ProximityEngine engine = engine(new Nearness(1, 0, 1));
    share(engine, OFFICER, here, NOON);
    share(engine, COLLEAGUE, here, NOON);
    engine.publish(NOON);
    assertThat(engine.civilianAt(ANN, here.fix(NOON), NOON))
        .filteredOn(Dwelt.class::isInstance)
        .hasSize(1);
    assertThat(engine.nearby(ANN, NOON)).hasSize(2);

    engine.officerGone(OFFICER);
    engine.officerGone(COLLEAGUE);
    Instant later = after(86_399);
    share(engine, OFFICER, here, later);
    engine.publish(later);
    assertThat(engine.civilianAt(ANN, here.fix(later), later))
        .containsExactly(new Entered(ANN, OFFICER));

    Instant nextDay = after(86_400);
    assertThat(engine.civilianAt(ANN, here.fix(nextDay), nextDay)).isEmpty();
    engine.officerGone(OFFICER);
    share(engine, OFFICER, here, nextDay);
    assertThat(engine.publish(nextDay)).contains(new Dwelt(ANN, OFFICER, cell, 0));
  }

  @Test
  void nearbyIsOrderedByRings() {
    ProximityEngine engine = engine(new Nearness(5, 30, 20));
    List<UserId> officers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      officers.add(new UserId(new UUID(2, i)));
      share(engine, officers.get(i), i < 4 ? here.moved(0, 2_500) : here, NOON);
    }
    engine.publish(NOON);
    engine.civilianAt(ANN, here.fix(NOON), NOON);

    List<NearOfficer> near = engine.nearby(ANN, NOON);
    assertThat(near).extracting(NearOfficer::rings).isSorted();
    assertThat(near).extracting(NearOfficer::officer).hasSameElementsAs(officers).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void ringsAreRightInNewYorkOnTheDateLineAtThePolesAndAroundPentagons(int index) {
    Place base = Places.all(RESOLUTION).get(index);
    for (int rings = 0; rings <= Nearness.MOST_RINGS; rings++) {
      ProximityEngine engine = engine(new Nearness(rings, 30, 20));
      share(engine, OFFICER, base, NOON);
      engine.publish(NOON);
      int most = rings;
      Places.rings(base.cell(RESOLUTION), Nearness.MOST_RINGS + 1)
          .forEach(
              (around, distance) -> {
                UserId civilian = new UserId(new UUID(3, around));
                engine.civilianAt(civilian, Places.center(around).fix(NOON), NOON);
                assertThat(engine.isNear(civilian, OFFICER, NOON)).isEqualTo(distance <= most);
              });
    }
  }

  @Test
  void theGapIsTheGeodesicLessBothAccuracies() {
    ProximityEngine engine = engine(SHIPPED);
    Place there = here.moved(30, 400);
    engine.officerAt(OFFICER, ZONE, new Fix(there.lat(), there.lon(), 7, NOON), NOON);
    engine.civilianAt(ANN, new Fix(here.lat(), here.lon(), 12, NOON), NOON);
    engine.civilianAt(BOB, new Fix(there.lat(), there.lon(), 12, NOON), NOON);
    double meters = Geodesic.WGS84.Inverse(here.lat(), here.lon(), there.lat(), there.lon()).s12;

    assertThat(engine.gap(ANN, OFFICER, NOON, TWO_MINUTES))
        .hasValueCloseTo(meters - 19, within(1e-6));
    assertThat(engine.gap(BOB, OFFICER, NOON, TWO_MINUTES)).hasValue(0);
    assertThat(engine.gap(ANN, COLLEAGUE, NOON, TWO_MINUTES)).isEmpty();
    assertThat(engine.gap(COLLEAGUE, OFFICER, NOON, TWO_MINUTES)).isEmpty();
  }

  /** Where the next cell begins, half an edge or so from the centre. */
  private Place border() {
    double meters = 0;
    while (here.moved(0, meters).cell(RESOLUTION) == cell) {
      meters += 1;
    }
    return here.moved(0, meters);
  }

  private static ProximityEngine engine(Nearness nearness) {
    return new ProximityEngine(RESOLUTION, (_, _, _) -> nearness);
  }

  private static void share(ProximityEngine engine, UserId officer, Place place, Instant at) {
    engine.officerAt(officer, ZONE, place.fix(at), at);
  }

  private static Instant after(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }
}
