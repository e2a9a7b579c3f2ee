package app.heyblue.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.security.Caller;
import app.heyblue.tracking.near.Proximity.Nearby;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NearbyIT {
  private static final double LATITUDE = 40.7128;
  private static final double LONGITUDE = -74.006;

  /** Some 11 m to the north. */
  private static final double NEXT_DOOR = LATITUDE + 0.0001;

  private final World world = new World();
  private final Caller officer = world.officer("Sam Ortiz");
  private final Caller civilian = world.somebody(PartyKind.CIVILIAN);

  @Test
  void anOfficerAppearsWithTheSlowClockAndTheCivilianIsToldAfterTheDwell() {
    meet();
    world.pass(Duration.ofSeconds(29));
    assertThat(world.proximity.nearby(civilian.userId())).isEmpty();

    world.pass(Duration.ofSeconds(1));
    assertThat(world.proximity.nearby(civilian.userId()))
        .singleElement()
        .satisfies(
            near -> {
              assertThat(near.cell()).matches("8[0-9a-f]{14}");
              assertThat(near.distanceBand()).isEqualTo("within1km");
              assertThat(near.name()).isNull();
            });
    world.pass(Duration.ofSeconds(29));
    assertThat(world.told.of(civilian)).isEmpty();

    world.pass(Duration.ofSeconds(1));
    assertThat(world.told.of(civilian)).hasSize(1).first().isInstanceOf(Alert.OfficerNearby.class);
    world.pass(Duration.ofSeconds(40));
    assertThat(world.told.of(civilian)).hasSize(1);
  }

  @Test
  void aReferenceIsGoodForItsCallerAndTwoTicksWhileTheOfficerShares() {
    meet();
    world.pass(Duration.ofSeconds(30));
    String reference = reference();
    Caller other = world.somebody(PartyKind.CIVILIAN);
    world.at(other, LATITUDE, LONGITUDE);

    assertThat(world.proximity.officer(civilian.userId(), reference)).contains(officer.userId());
    assertThat(world.proximity.officer(other.userId(), reference)).isEmpty();
    assertThat(world.proximity.officer(civilian.userId(), "nonsense")).isEmpty();
    world.pass(Duration.ofSeconds(59));
    assertThat(world.proximity.officer(civilian.userId(), reference)).contains(officer.userId());
    world.pass(Duration.ofSeconds(1));
    assertThat(world.proximity.officer(civilian.userId(), reference)).isEmpty();

    world.at(civilian, LATITUDE, LONGITUDE);
    String later = reference();
    assertThat(later).isNotEqualTo(reference);
    world.sharing.off(officer.userId());
    assertThat(world.proximity.officer(civilian.userId(), later)).isEmpty();
  }

  @Test
  void theOrderOfOfficersAtTheSameDistanceTellsNothing() {
    world.rings.set(3);
    Caller colleague = world.officer("Lee Park");
    Caller farther = world.officer("Kim Roth");
    world.sharing.on(farther);
    world.at(farther, LATITUDE + 0.009, LONGITUDE);
    world.sharing.on(colleague);
    world.at(colleague, NEXT_DOOR, LONGITUDE);
    meet();
    world.pass(Duration.ofSeconds(30));

    Set<List<UserId>> orders = new HashSet<>();
    for (int look = 0; look < 60; look++) {
      orders.add(
          world.proximity.nearby(civilian.userId()).stream()
              .flatMap(
                  near -> world.proximity.officer(civilian.userId(), near.officerRef()).stream())
              .toList());
    }
    assertThat(orders)
        .containsExactlyInAnyOrder(
            List.of(officer.userId(), colleague.userId(), farther.userId()),
            List.of(colleague.userId(), officer.userId(), farther.userId()));
  }

  @Test
  void theListNeedsAPositionOfTheLastTwoMinutes() {
    refused(TrackingProblems.POSITION_NEEDED, () -> world.proximity.nearby(civilian.userId()));
    world.at(civilian, LATITUDE, LONGITUDE);
    world.pass(Duration.ofSeconds(120));
    assertThat(world.proximity.nearby(civilian.userId())).isEmpty();

    world.pass(Duration.ofSeconds(1));

    refused(TrackingProblems.POSITION_NEEDED, () -> world.proximity.nearby(civilian.userId()));
  }

  @Test
  void aPersonLooksThreeHundredTimesADay() {
    for (int i = 0; i < 300; i++) {
      world.budget.take(civilian.userId());
    }
    assertThatThrownBy(() -> world.budget.take(civilian.userId()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(TrackingProblems.NEARBY_BUDGET);
              assertThat(problem.retryAfter()).contains(Duration.ofHours(7));
            });
    world.budget.take(officer.userId());

    world.clock.advance(Duration.ofHours(7));

    world.budget.take(civilian.userId());
  }

  @Test
  void closenessSaysNearWithinTheRulesLimitAndApartOnlyWhereNobodyCanDoubtIt() {
    meet();
    assertThat(closeness()).isEqualTo(Closeness.NEAR);
    world.at(civilian, LATITUDE + 0.002, LONGITUDE); // 222 m
    assertThat(closeness()).isEqualTo(Closeness.UNKNOWN);
    world.at(civilian, LATITUDE + 0.01, LONGITUDE); // 1.1 km
    assertThat(closeness()).isEqualTo(Closeness.APART);

    world.pass(Duration.ofSeconds(21)); // one may have driven there meanwhile
    assertThat(closeness()).isEqualTo(Closeness.UNKNOWN);
    world.sharing.off(officer.userId());
    assertThat(closeness()).isEqualTo(Closeness.UNKNOWN);
  }

  private void meet() {
    world.sharing.on(officer);
    world.at(officer, NEXT_DOOR, LONGITUDE);
    world.at(civilian, LATITUDE, LONGITUDE);
  }

  private Closeness closeness() {
    return world.proximity.closeness(civilian.userId(), officer.userId());
  }

  private String reference() {
    List<Nearby> near = world.proximity.nearby(civilian.userId());
    assertThat(near).hasSize(1);
    return near.getFirst().officerRef();
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
