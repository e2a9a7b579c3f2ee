package app.heyblue.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.Alert;
import app.heyblue.security.Caller;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharingIT {
  private final World world = new World();
  private final Caller officer = world.officer("Sam Ortiz");
  private final Caller civilian = world.somebody(PartyKind.CIVILIAN);

  @Test
  void endsByItselfAfterFifteenMinutesHoweverManyPositionsCome() {
    assertThat(world.sharing.on(officer)).isEqualTo(World.NOON.plusSeconds(15 * 60));
    for (int i = 0; i < 15; i++) {
      world.at(officer, 40.7, -74);
      world.pass(Duration.ofSeconds(59));
    }
    assertThat(world.sharing.until(officer.userId())).isPresent();
    assertThat(world.told.of(officer)).isEmpty();

    world.pass(Duration.ofSeconds(15));

    assertThat(world.sharing.until(officer.userId())).isEmpty();
    assertThat(world.told.of(officer)).containsExactly(new Alert.SharingEnded("timeOver"));
    assertThatThrownBy(() -> world.at(officer, 40.7, -74)).satisfies(SharingIT::isNotSharing);
  }

  @Test
  void settingTheClockBackProlongsNothing() {
    world.sharing.on(officer);
    world.at(officer, 40.7, -74);
    world.told.listening.add(officer.userId());
    for (int i = 0; i < 15; i++) {
      world.pass(Duration.ofMinutes(1));
      world.clock.set(World.NOON);
    }
    world.pass(Duration.ofSeconds(1));

    assertThat(world.sharing.until(officer.userId())).isEmpty();
  }

  @Test
  void endsTwoMinutesAfterTheLastPositionWhereNoSocketIsOpen() {
    world.sharing.on(officer);
    world.pass(Duration.ofSeconds(100));
    world.at(officer, 40.7, -74);
    world.pass(Duration.ofSeconds(119));
    assertThat(world.sharing.until(officer.userId())).isPresent();

    world.pass(Duration.ofSeconds(1));

    assertThat(world.sharing.until(officer.userId())).isEmpty();
    assertThat(world.told.of(officer)).containsExactly(new Alert.SharingEnded("silent"));
  }

  @Test
  void goesOnWhileASocketIsOpenAndForTwoMinutesAfterItIsLost() {
    world.sharing.on(officer);
    world.told.listening.add(officer.userId());
    world.pass(Duration.ofMinutes(10));
    assertThat(world.sharing.until(officer.userId())).isPresent();
    world.told.listening.clear();
    world.sharing.disconnected(officer.userId());
    world.pass(Duration.ofSeconds(119));
    assertThat(world.sharing.until(officer.userId())).isPresent();

    world.pass(Duration.ofSeconds(1));

    assertThat(world.sharing.until(officer.userId())).isEmpty();
  }

  @Test
  void endsWithTheSessionThatSwitchedItOnAndWithNoOther() {
    world.sharing.on(officer);
    world.signsOut(new Caller(officer.userId(), officer.kind(), civilian.sessionId()));
    assertThat(world.sharing.until(officer.userId())).isPresent();

    world.signsOut(officer);

    assertThat(world.sharing.until(officer.userId())).isEmpty();
    assertThat(world.told.of(officer)).containsExactly(new Alert.SharingEnded("signedOut"));
  }

  @Test
  void switchedOffTheOfficerVanishesAtOnce() {
    world.sharing.on(officer);
    world.at(officer, 40.7, -74);
    world.at(civilian, 40.7, -74);
    world.pass(Duration.ofSeconds(31));
    assertThat(world.proximity.nearby(civilian.userId())).hasSize(1);

    world.sharing.off(officer.userId());

    assertThat(world.proximity.nearby(civilian.userId())).isEmpty();
    assertThatThrownBy(() -> world.at(officer, 40.7, -74)).satisfies(SharingIT::isNotSharing);
    assertThat(world.told.of(officer)).isEmpty();
  }

  @Test
  void anOfficersNameIsShownOnlyWhileTheOfficerWantsIt() {
    world.sharing.on(officer);
    world.at(officer, 40.7, -74);
    world.at(civilian, 40.7, -74);
    world.pass(Duration.ofSeconds(31));
    assertThat(shownName()).isNull();

    world.changes(officer, true);
    assertThat(shownName()).isEqualTo("Sam Ortiz");

    world.changes(officer, false);
    assertThat(shownName()).isNull();
  }

  private @org.jspecify.annotations.Nullable String shownName() {
    return world.proximity.nearby(civilian.userId()).getFirst().name();
  }

  private static void isNotSharing(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(TrackingProblems.NOT_SHARING));
  }
}
