package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.ledger.Giving.Gift;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import app.heyblue.scoring.ledger.Ledger.Once;
import app.heyblue.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ConcurrencyIT {
  private static final Database DATABASE = TestDatabase.create("scoring");

  private final World world = new World(DATABASE);

  @Test
  void makesOneTransactionOfOneKeyThatEightThreadsUse() throws Exception {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    IdempotencyKey key = world.key();
    Gift gift = new Gift(GiftKind.DONATION, charity, 10, null);

    Together.Outcome<Once<StoredTransaction>> outcome =
        Together.run(8, () -> world.giving.give(giver, key, gift));

    assertThat(outcome.answers()).filteredOn(once -> !once.replayed()).hasSize(1);
    assertThat(outcome.answers())
        .extracting(Once::answer)
        .containsOnly(outcome.answers().getFirst().answer());
    assertThat(outcome.failures())
        .allSatisfy(
            failure ->
                assertThat(((ProblemException) failure).type())
                    .isEqualTo(CommonProblems.IDEMPOTENCY_KEY_IN_USE));
    assertThat(world.points(charity)).isEqualTo(10);
  }

  @Test
  void makesOneTransactionOfOneKeyThatTwoProcessesGetAtOnce() throws Exception {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    World other = new World(DATABASE);
    IdempotencyKey key = world.key();
    Gift gift = new Gift(GiftKind.DONATION, charity, 10, null);
    List<Callable<Once<StoredTransaction>>> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      requests.add(() -> world.giving.give(giver, key, gift));
      requests.add(() -> other.giving.give(giver, key, gift));
    }

    Together.Outcome<Once<StoredTransaction>> outcome = Together.run(requests);

    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.answers()).filteredOn(once -> !once.replayed()).hasSize(1);
    assertThat(outcome.answers())
        .extracting(once -> once.answer().id())
        .containsOnly(outcome.answers().getFirst().answer().id());
    assertThat(world.points(charity)).isEqualTo(10);
  }

  @Test
  void refusesAnotherBodyUnderAKeyInTheSameGroup() throws Exception {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    IdempotencyKey key = world.key();
    List<Callable<Once<StoredTransaction>>> requests = new ArrayList<>();
    for (int points = 1; points <= 8; points++) {
      Gift gift = new Gift(GiftKind.DONATION, charity, points, null);
      requests.add(() -> world.giving.give(giver, key, gift));
    }

    Together.Outcome<Once<StoredTransaction>> outcome = Together.run(requests);

    assertThat(outcome.answers()).hasSize(1);
    assertThat(outcome.failures())
        .hasSize(7)
        .allSatisfy(
            failure ->
                assertThat(((ProblemException) failure).type())
                    .isEqualTo(CommonProblems.IDEMPOTENCY_KEY_REUSED));
  }

  @Test
  void reversesOnceWhenEightTry() throws Exception {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.joinWith(PartyKind.CHARITY, 1_000);
    StoredTransaction gift = world.donate(giver, charity, 10);

    Together.Outcome<Once<StoredTransaction>> outcome =
        Together.run(8, () -> world.reversals.reverse(world.admin, world.key(), gift.id()));

    assertThat(outcome.answers()).hasSize(1);
    assertThat(outcome.failures())
        .hasSize(7)
        .allSatisfy(
            failure ->
                assertThat(((ProblemException) failure).type())
                    .isEqualTo(ScoringProblems.ALREADY_REVERSED));
    assertThat(world.points(giver)).isEqualTo(100);
  }

  @Test
  void paysAPairOnceADayWithEightAtOnce() throws Exception {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    UserId officer = world.join(PartyKind.OFFICER);

    Together.Outcome<Receipt> outcome = Together.run(8, () -> world.meet(civilian, officer));

    assertThat(outcome.answers()).hasSize(1);
    assertThat(outcome.failures()).hasSize(7).hasOnlyElementsOfType(RuleForbids.class);
    assertThat(world.points(civilian)).isEqualTo(10);
  }

  @Test
  void keepsARollingLimitWithEightAtOnce() throws Exception {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.DONATION, "giver", LimitWindow.ROLLING_24_HOURS, 3));
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);

    Together.Outcome<StoredTransaction> outcome =
        Together.run(8, () -> world.donate(giver, charity, 1));

    assertThat(outcome.answers()).hasSize(3);
    assertThat(world.points(charity)).isEqualTo(3);
  }

  @Test
  void keepsARulesOwnLimitAmongEightStrangersInEachWindow() throws Exception {
    World world = new World();
    UserId charity = world.join(PartyKind.CHARITY);
    List<UserId> givers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      givers.add(world.joinWith(PartyKind.CIVILIAN, 100));
    }
    long before = 0;
    for (LimitWindow window : LimitWindow.values()) {
      before += 2;
      world.rules.limit(new FakeRules.Limit(RuleKind.DONATION, "rule", window, before));
      List<Callable<StoredTransaction>> gifts = new ArrayList<>();
      givers.forEach(giver -> gifts.add(() -> world.donate(giver, charity, 1)));

      assertThat(Together.run(gifts).answers()).hasSize(2);
    }
    assertThat(world.points(charity)).isEqualTo(6);
  }

  @Test
  void givesNoMoreThanThereIsWithEightAtOnce() throws Exception {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);

    Together.Outcome<StoredTransaction> outcome =
        Together.run(8, () -> world.donate(giver, charity, 30));

    assertThat(outcome.answers()).hasSize(3);
    assertThat(outcome.failures()).hasSize(5).hasOnlyElementsOfType(InsufficientPoints.class);
    assertThat(world.points(giver)).isEqualTo(10);
  }
}
