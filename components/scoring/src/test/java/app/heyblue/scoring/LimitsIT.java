package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.postgres.Housekeeping;
import app.heyblue.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LimitsIT {
  private static final Database DATABASE = TestDatabase.create("scoring");

  private final World world = new World(DATABASE);
  private final UserId civilian = world.joinWith(PartyKind.CIVILIAN, 1_000);
  private final UserId officer = world.join(PartyKind.OFFICER);
  private final UserId charity = world.join(PartyKind.CHARITY);

  @Test
  void paysAPairOnceACalendarDayOfTheOfficer() {
    world.meet(civilian, officer);
    Map<String, String> before = world.digests();

    RuleForbids refusal = refused(() -> world.meet(civilian, officer));

    // It's noon in New York.
    assertThat(refusal.retryAfter()).contains(Duration.ofHours(12));
    assertThat(world.digests()).isEqualTo(before);
    world.clock.advance(Duration.ofHours(12));
    world.meet(civilian, officer);
    assertThat(world.points(officer)).isEqualTo(20);
  }

  @Test
  void aMeetingBeforeMidnightThatIsPaidAfterItCountsForItsOwnDay() {
    Instant meeting = world.clock.instant();
    world.clock.advance(Duration.ofHours(12));

    world.meetAt(meeting, civilian, officer);

    world.meet(civilian, officer);
    refused(() -> world.meet(civilian, officer));
    refused(() -> world.meetAt(meeting.plusSeconds(1), civilian, officer));
  }

  @Test
  void aMeetingIsNotPaidOnceItsDayIsNoLongerCounted() {
    Instant meeting = world.clock.instant();
    world.clock.advance(Housekeeping.DAYS);
    world.meetAt(meeting, civilian, officer);
    world.clock.advance(Duration.ofSeconds(1));

    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> world.meetAt(meeting, civilian, world.join(PartyKind.OFFICER)))
                .type())
        .isEqualTo(ScoringProblems.MEETING_TOO_OLD);
  }

  @Test
  void twoUsesAtOnceCountForEachOtherWhicheverIsPaidFirst() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.ENCOUNTER, "civilian", LimitWindow.ROLLING_24_HOURS, 1));
    Instant later = world.clock.instant();
    world.meetAt(later, civilian, officer);

    refused(() -> world.meetAt(later.minusMillis(1), civilian, world.join(PartyKind.OFFICER)));
  }

  @Test
  void aMeetingOfTheFutureCountsForToday() {
    world.meetAt(world.clock.instant().plus(Duration.ofDays(1)), civilian, officer);

    refused(() -> world.meet(civilian, officer));
  }

  @Test
  void whatAClockThatWasAheadHasCountedNoLongerCountsOnceItIsSetBack() {
    World world = worldOfADonationEach();
    UserId charity = world.join(PartyKind.CHARITY);
    UserId civilian = world.joinWith(PartyKind.CIVILIAN, 10);
    world.clock.advance(Duration.ofDays(10));
    world.donate(civilian, charity, 1);
    world.clock.advance(Duration.ofDays(-10));

    world.donate(civilian, charity, 1);

    assertThat(refused(() -> world.donate(civilian, charity, 1)).retryAfter())
        .contains(Limits.ROLLING);
    world.clock.advance(Limits.ROLLING);
    world.donate(civilian, charity, 1);
  }

  @Test
  void aUseCountsForThoseUpToThreeDaysBeforeIt() {
    World world = worldOfADonationEach();
    UserId charity = world.join(PartyKind.CHARITY);
    UserId civilian = world.joinWith(PartyKind.CIVILIAN, 10);
    UserId another = world.joinWith(PartyKind.CIVILIAN, 10);
    world.clock.advance(Duration.ofDays(3).minusMillis(1));
    world.donate(civilian, charity, 1);
    world.clock.advance(Duration.ofMillis(1));
    world.donate(another, charity, 1);
    world.clock.advance(Duration.ofDays(-3));

    refused(() -> world.donate(civilian, charity, 1));
    world.donate(another, charity, 1);
  }

  @Test
  void limitsACivilianAcrossOfficers() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.ENCOUNTER, "civilian", LimitWindow.CALENDAR_DAY, 2));
    world.meet(civilian, officer);
    world.meet(civilian, world.join(PartyKind.OFFICER));

    refused(() -> world.meet(civilian, world.join(PartyKind.OFFICER)));
  }

  @Test
  void letsARollingWindowLeaveRoomWhenItsEarliestUseLeaves() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.ROLLING_24_HOURS, 2));
    world.donate(civilian, charity, 1);
    world.clock.advance(Duration.ofHours(5));
    world.donate(civilian, charity, 1);
    world.clock.advance(Duration.ofHours(1));

    RuleForbids refusal = refused(() -> world.donate(civilian, charity, 1));

    assertThat(refusal.retryAfter()).contains(Duration.ofHours(18));
    world.clock.advance(Duration.ofHours(18));
    world.donate(civilian, charity, 1);
    assertThat(refused(() -> world.donate(civilian, charity, 1)).retryAfter())
        .contains(Duration.ofHours(5));
  }

  @Test
  void neverLetsATotalLeaveRoom() {
    world.rules.limit(new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.TOTAL, 1));
    world.donate(civilian, charity, 1);
    world.clock.advance(Duration.ofDays(1000));

    assertThat(refused(() -> world.donate(civilian, charity, 1)).retryAfter()).isEmpty();
  }

  @Test
  void countsNothingThatWasRefused() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.CALENDAR_DAY, 1),
        new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.ROLLING_24_HOURS, 1));

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> world.donate(civilian, charity, 5_000))
        .isInstanceOf(InsufficientPoints.class);

    world.donate(civilian, charity, 1);
    refused(() -> world.donate(civilian, charity, 1));
  }

  @Test
  void givesNoLimitBackForAReversal() {
    Receipt meeting = world.meet(civilian, officer);
    world.reversals.reverse(world.admin, world.key(), meeting.id());

    refused(() -> world.meet(civilian, officer));
  }

  @Test
  void forgetsPastDaysButNoTotals() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.TOTAL, 1),
        new FakeRules.Limit(RuleKind.ENCOUNTER, "pair", LimitWindow.CALENDAR_DAY, 1));
    world.donate(civilian, charity, 1);
    world.meet(civilian, officer);
    world.clock.advance(Duration.ofDays(5));

    world.database.useTransaction(tx -> Housekeeping.run(tx, world.clock.instant()));

    assertThat(world.count("select count(*) from scoring.limit_counter where bucket < 'infinity'"))
        .isZero();
    refused(() -> world.donate(civilian, charity, 1));
  }

  @Test
  void countsForALimitToComeWhatNothingLimitedYet() {
    World other = new World();
    UserId received = other.join(PartyKind.CHARITY);
    for (int i = 0; i < 3; i++) {
      other.donate(other.joinWith(PartyKind.CIVILIAN, 10), received, 1);
    }
    UserId fourth = other.joinWith(PartyKind.CIVILIAN, 10);

    for (LimitWindow window : LimitWindow.values()) {
      other.rules.limit(new FakeRules.Limit(RuleKind.DONATION, "rule", window, 3));
      refused(() -> other.donate(fourth, received, 1));
    }
    other.rules.limit(new FakeRules.Limit(RuleKind.DONATION, "rule", LimitWindow.TOTAL, 4));
    other.donate(fourth, received, 1);
  }

  @Test
  void paysNothingWhereALimitIsNone() {
    for (LimitWindow window : LimitWindow.values()) {
      world.rules.limit(new FakeRules.Limit(RuleKind.DONATION, "giver", window, 0));
      assertThat(refused(() -> world.donate(civilian, charity, 1)).retryAfter()).isEmpty();
    }
  }

  /** Its clock is its own: what it has counted ahead of time is in nobody's way. */
  private static World worldOfADonationEach() {
    World world = new World();
    world.rules.limit(
        new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.ROLLING_24_HOURS, 1));
    return world;
  }

  private static RuleForbids refused(ThrowingCallable action) {
    RuleForbids refusal = catchThrowableOfType(RuleForbids.class, action);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
