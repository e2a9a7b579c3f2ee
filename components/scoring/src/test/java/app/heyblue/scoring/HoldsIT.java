package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HoldsIT {
  private static final Database DATABASE = TestDatabase.create("scoring");

  private final World world = new World(DATABASE);
  private final UserId buyer = world.joinWith(PartyKind.CIVILIAN, 100);
  private final UserId merchant = world.join(PartyKind.MERCHANT);

  @Test
  void keepsHeldPointsWithTheirHolderButUnavailable() {
    world.hold(buyer, merchant, 70);

    assertThat(world.scoring.balance(buyer)).isEqualTo(new Balance(buyer, 100, 70, 30));
    assertThatThrownBy(() -> world.donate(buyer, world.join(PartyKind.CHARITY), 31))
        .isInstanceOf(InsufficientPoints.class);
    assertThatThrownBy(() -> world.hold(buyer, merchant, 31))
        .isInstanceOf(InsufficientPoints.class);
  }

  @Test
  void movesThePointsWhenCollected() {
    Hold hold = world.hold(buyer, merchant, 70);
    IdempotencyKey key = world.key();

    Receipt receipt = world.holds.collect(key, hold.id());

    assertThat(receipt.kind()).isEqualTo(TransactionKind.EXCHANGE);
    assertThat(receipt.ruleId()).isEqualTo(FakeRules.RULE.ruleId());
    assertThat(world.holds.collect(key, hold.id())).isEqualTo(receipt);
    assertThat(world.scoring.balance(buyer)).isEqualTo(new Balance(buyer, 30, 0, 30));
    assertThat(world.points(merchant)).isEqualTo(70);
    assertEnded(() -> world.holds.collect(world.key(), hold.id()));
    assertEnded(() -> world.holds.release(world.key(), hold.id()));
  }

  @Test
  void givesThePointsBackWhenReleased() {
    Hold hold = world.hold(buyer, merchant, 70);

    Hold released = world.holds.release(world.key(), hold.id());

    assertThat(released.status()).isEqualTo(HoldStatus.RELEASED);
    assertThat(world.holds.release(world.key(), hold.id())).isEqualTo(released);
    assertThat(world.scoring.balance(buyer)).isEqualTo(new Balance(buyer, 100, 0, 100));
    assertEnded(() -> world.holds.collect(world.key(), hold.id()));
  }

  @Test
  void endsByItselfWhenItsTimeIsOver() {
    Hold hold = world.hold(buyer, merchant, 70);
    Hold longer =
        world.holds.place(
            world.key(),
            new HoldRequest(buyer, merchant, 5, 2, world.clock.instant().plusSeconds(3_600)));
    world.clock.advance(Duration.ofMinutes(10));

    assertEnded(() -> world.holds.collect(world.key(), hold.id()));
    world.holds.releaseDue();

    assertThat(world.scoring.balance(buyer)).isEqualTo(new Balance(buyer, 100, 10, 90));
    world.holds.collect(world.key(), longer.id());
    assertThat(world.points(merchant)).isEqualTo(10);
  }

  @Test
  void givesBackTheLimitOfAReleasedHoldOnly() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.EXCHANGE, "pair", LimitWindow.CALENDAR_DAY, 1),
        new FakeRules.Limit(RuleKind.EXCHANGE, "buyer", LimitWindow.ROLLING_24_HOURS, 1));
    Hold first = world.hold(buyer, merchant, 10);
    assertThatThrownBy(() -> world.hold(buyer, merchant, 10)).isInstanceOf(RuleForbids.class);
    world.holds.release(world.key(), first.id());

    Hold second = world.hold(buyer, merchant, 10);
    world.holds.collect(world.key(), second.id());

    assertThatThrownBy(() -> world.hold(buyer, merchant, 10)).isInstanceOf(RuleForbids.class);
  }

  @Test
  void tellsEachStepWithTheBalance() {
    Hold collected = world.hold(buyer, merchant, 70);
    world.holds.collect(world.key(), collected.id());
    Hold released = world.hold(buyer, merchant, 10);
    world.holds.release(world.key(), released.id());

    List<Event> events =
        world.log.events(Stream.TRANSACTIONS).stream()
            .filter(event -> event.type().startsWith("app.heyblue.hold."))
            .toList();
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(
            "app.heyblue.hold.placed.v1",
            "app.heyblue.hold.collected.v1",
            "app.heyblue.hold.placed.v1",
            "app.heyblue.hold.released.v1");
    assertThat(events)
        .extracting(event -> event.data().path("available").asLong())
        .containsExactly(30L, 30L, 20L, 30L);
    assertThat(events).extracting(Event::key).containsOnly(buyer.toString());
  }

  @Test
  void endsOnceWhenCollectedAndReleasedAtOnce() throws Exception {
    Hold hold = world.hold(buyer, merchant, 70);
    Callable<Object> collect = () -> world.holds.collect(world.key(), hold.id());
    Callable<Object> release = () -> world.holds.release(world.key(), hold.id());

    Together.run(List.of(collect, release, collect, release, collect, release));

    Balance after = world.scoring.balance(buyer);
    assertThat(after.held()).isZero();
    assertThat(after.points() + world.points(merchant)).isEqualTo(100);
    assertThat(world.points(merchant)).isIn(0L, 70L);
  }

  private static void assertEnded(ThrowingCallable action) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, action);
    assertThat(refusal.type()).isEqualTo(ScoringProblems.HOLD_ENDED);
  }
}
