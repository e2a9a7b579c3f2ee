package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class OutageIT {
  private static final String NAME = "test.listener";

  private final Town town = new Town();

  @Test
  void goesOnByItselfWhenTheDatabaseIsBack() throws Exception {
    CountDownLatch inTheMiddle = new CountDownLatch(1);
    CountDownLatch away = new CountDownLatch(1);
    Listener listener =
        new Listener(NAME)
            .afterwards(
                event -> {
                  if (event.position() == 30) {
                    inTheMiddle.countDown();
                    await(away);
                  }
                });
    StreamEngine engine = town.engine();
    UUID last = new UUID(0, 0);
    for (int number = 1; number <= 50; number++) {
      last = town.tell(engine, "key" + number % 3, number);
    }
    try (engine) {
      engine.start(List.of(listener));
      inTheMiddle.await();
      TestDatabase.killServer();
      away.countDown();
      UUID all = last;
      assertThat(Town.eventually(engine, () -> isTakenIn(engine, all))).isTrue();
      UUID later = town.tell(engine, "key", 51);
      assertThat(engine.streams().awaitTakenIn(NAME, later, Town.PATIENCE)).isTrue();
    }
    assertThat(town.heardBy(NAME)).hasSize(51);
    assertThat(town.number("select max(deliveries) from heard")).isOne();
    assertThat(town.number("select count(*) from messaging.parked")).isZero();
  }

  private static boolean isTakenIn(StreamEngine engine, UUID event) {
    try {
      return engine.streams().awaitTakenIn(NAME, event, Town.PATIENCE);
    } catch (JdbiException e) {
      return false; // one of the pool's broken connections
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
