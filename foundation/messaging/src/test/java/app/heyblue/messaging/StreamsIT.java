package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.messaging.postgres.Positions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamsIT {
  private final Town town = new Town();

  @Test
  void aPartyIsTakenInOnceEveryAdmitterIsPastItsEvent() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    Listener accounts = new Listener("test.accounts", true);
    Listener profiles = new Listener("test.profiles", true).afterwards(event -> await(held));
    try (StreamEngine engine = town.engine()) {
      engine.start(List.of(accounts, profiles, new Listener("test.other")));
      CountDownLatch moved = new CountDownLatch(3);
      engine.streams().onProgress(Stream.USERS, moved::countDown);
      UUID event = town.tell(engine, "party", 1);
      assertThat(engine.streams().awaitTakenIn("test.accounts", event, Town.PATIENCE)).isTrue();
      assertThat(engine.streams().isTakenInByAdmitters(event)).isFalse();
      assertThat(engine.streams().awaitTakenIn("test.profiles", event, Duration.ofMillis(1)))
          .isFalse();

      held.countDown();
      assertThat(engine.streams().awaitTakenIn("test.profiles", event, Town.PATIENCE)).isTrue();
      assertThat(engine.streams().isTakenInByAdmitters(event)).isTrue();
      assertThat(moved.await(Town.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      town.database.useTransaction(tx -> Positions.setBack(tx, "test.profiles", 0));
      assertThat(engine.streams().isTakenInByAdmitters(event))
          .as("a replay doesn't shut out who was in")
          .isTrue();
    }
  }

  @Test
  void aPartyWhoseEventIsParkedIsNotTakenIn() throws Exception {
    Listener accounts =
        new Listener("test.accounts", true)
            .afterwards(
                event -> {
                  throw new IllegalStateException("no");
                });
    try (StreamEngine engine = town.engine()) {
      engine.start(List.of(accounts));
      UUID event = town.tell(engine, "party", 1);
      assertThat(
              Town.eventually(
                  engine, () -> town.number("select position from messaging.consumer") == 1))
          .isTrue();
      assertThat(engine.streams().isTakenInByAdmitters(event)).isFalse();
    }
  }

  @Test
  void anEventThatNobodyAppendedIsNotTakenIn() {
    assertThat(town.engine().streams().isTakenInByAdmitters(new UUID(1, 1))).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
