package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two engines on one database, as two processes would be. */
class TwoEnginesIT {
  private static final String NAME = "test.listener";

  private final Town town = new Town();

  @Test
  void eachEventIsDeliveredByOneAndTheOtherTakesOver() {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    StreamEngine one = town.engine();
    one.start(List.of(new Listener(NAME).afterwards(event -> first.incrementAndGet())));
    try (StreamEngine other = town.engine()) {
      other.start(List.of(new Listener(NAME).afterwards(event -> second.incrementAndGet())));
      UUID last = new UUID(0, 0);
      for (int number = 0; number < 200; number++) {
        last = town.tell(number % 2 == 0 ? one : other, "key" + number % 5, number);
      }
      assertThat(one.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
      assertThat(other.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
      assertThat(first.get() + second.get()).isEqualTo(200);

      one.close();
      int before = first.get();
      for (int number = 200; number < 300; number++) {
        last = town.tell(one, "key" + number % 5, number); // appended where nobody sequences now
      }
      assertThat(other.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
      assertThat(first.get()).isEqualTo(before);
    }
    assertThat(town.heardBy(NAME)).hasSize(300);
    assertThat(town.number("select max(deliveries) from heard")).isOne();
  }

  @Test
  void aConsumerHearsWhatAnotherProcessSequenced() {
    try (StreamEngine writer = town.engine();
        StreamEngine reader = town.engine()) {
      writer.start(List.of());
      reader.start(List.of(new Listener(NAME)));
      UUID event = town.tell(writer, "key", 1);
      assertThat(writer.streams().awaitTakenIn(NAME, event, Town.PATIENCE)).isTrue();
    }
  }
}
