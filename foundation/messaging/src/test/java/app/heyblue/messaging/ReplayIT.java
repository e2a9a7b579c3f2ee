package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.messaging.postgres.Positions;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplayIT {
  private static final String NAME = "test.listener";

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void aReplayChangesNothing(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 4) Integer> keys,
      @ForAll @IntRange(max = 59) int somewhere) {
    Town town = new Town();
    try (StreamEngine engine = town.engine()) {
      engine.start(List.of(new Listener(NAME)));
      UUID last = new UUID(0, 0);
      for (int number = 0; number < keys.size(); number++) {
        last = town.tell(engine, "key" + keys.get(number), number);
      }
      assertThat(engine.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
      List<String> before = town.heardBy(NAME);

      int from = somewhere % keys.size() + 1;
      replay(town, engine, from);
      UUID after = town.tell(engine, "key", keys.size());
      assertThat(engine.streams().awaitTakenIn(NAME, after, Town.PATIENCE)).isTrue();

      assertThat(town.heardBy(NAME).subList(0, before.size())).isEqualTo(before);
      assertThat(
              town.number(
                  "select count(*) from heard where deliveries = 2 and position >= " + from))
          .isEqualTo(keys.size() - from + 1);
      assertThat(town.number("select sum(deliveries) from heard"))
          .isEqualTo(keys.size() + keys.size() - from + 1 + 1);
    }
  }

  @Test
  void aReplayCuresWhatWasParked() {
    Town town = new Town();
    StreamEngine engine = town.engine();
    Listener listener = new Listener(NAME);
    listener.afterwards(
        event -> {
          if (event.position() == 2) {
            throw new IllegalStateException("not yet");
          }
        });
    UUID last = new UUID(0, 0);
    for (int number = 1; number <= 6; number++) {
      last = town.tell(engine, number == 5 ? "b" : "a", number);
    }
    UUID parked = last;
    try (engine) {
      engine.start(List.of(listener));
      UUID other = town.tell(engine, "b", 7);
      assertThat(engine.streams().awaitTakenIn(NAME, other, Town.PATIENCE)).isTrue();
      assertThat(town.heardBy(NAME)).containsExactly("a 1", "b 5", "b 7");
      listener.afterwards(event -> {});
      replay(town, engine, 1);
      assertThat(engine.streams().awaitTakenIn(NAME, parked, Town.PATIENCE)).isTrue();
    }
    assertThat(town.heardBy(NAME)).containsExactly("a 1", "a 2", "a 3", "a 4", "b 5", "a 6", "b 7");
    assertThat(town.number("select count(*) from messaging.parked")).isZero();
  }

  private static void replay(Town town, StreamEngine engine, long from) {
    town.database.useTransaction(
        tx -> {
          assertThat(Positions.await(tx, Stream.USERS, NAME)).isPresent();
          Positions.setBack(tx, NAME, from - 1);
          engine.notifications().grown(tx, Stream.USERS);
        });
  }
}
