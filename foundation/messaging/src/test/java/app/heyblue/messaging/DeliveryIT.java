package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.messaging.postgres.Parking;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveryIT {
  private static final String NAME = "test.listener";

  private final Town town = new Town();

  @Test
  void whatAConsumerWritesCommitsWithItsPosition() {
    AtomicInteger deliveries = new AtomicInteger();
    Listener listener =
        new Listener(NAME)
            .afterwards(
                event -> {
                  if (deliveries.incrementAndGet() == 6) {
                    throw new IllegalStateException("killed after the write");
                  }
                });
    StreamEngine engine = town.engine();
    UUID last = tellTen(engine);
    try (engine) {
      engine.start(List.of(listener));
      assertThat(engine.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
    }
    assertThat(town.heardBy(NAME)).hasSize(10);
    // Had a write outlived the failure, the second delivery would have counted on it.
    assertThat(town.number("select max(deliveries) from heard")).isOne();
    assertThat(town.number("select count(*) from messaging.parked")).isZero();
  }

  @Test
  void parksWhatFailsAndWhatFollowsOfItsKeyWhileTheRestGoesOn() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    Listener listener =
        new Listener(NAME)
            .afterwards(
                event -> {
                  if (broken.get() && event.position() == 3) {
                    throw new IllegalArgumentException("can't read\0this");
                  }
                });
    StreamEngine engine = town.engine();
    UUID last = tellTen(engine); // keys a, b, a, b, …
    try (engine) {
      engine.start(List.of(listener));
      assertThat(engine.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
      assertThat(town.heardBy(NAME)).containsExactly("a 1", "b 2", "b 4", "b 6", "b 8", "b 10");
      assertThat(town.number("select count(*) from messaging.parked where key = 'a'")).isEqualTo(4);
      assertThat(town.number("select count(*) from messaging.parked where error is null"))
          .isEqualTo(3);
      assertThat(town.number("select attempts from messaging.parked where position = 3"))
          .isEqualTo(4);

      UUID behind = town.tell(engine, "a", 11);
      assertThat(Town.eventually(engine, () -> parked() == 5)).isTrue();
      assertThat(engine.streams().awaitTakenIn(NAME, behind, Duration.ZERO)).isFalse();

      retry(engine, 3);
      assertThat(
              Town.eventually(
                  engine, () -> town.number("select max(attempts) from messaging.parked") == 5))
          .isTrue();
      assertThat(parked()).as("it failed again, and the others still wait").isEqualTo(5);

      broken.set(false);
      retry(engine, 7);
      assertThat(engine.streams().awaitTakenIn(NAME, behind, Town.PATIENCE)).isTrue();
      assertThat(parked()).isZero();
      assertThat(town.heardBy(NAME)).hasSize(11);
    }
  }

  @Test
  void aConsumerWhoseCommitIsRefusedLosesOnlyThatEvent() throws Exception {
    town.database.useTransaction(
        tx ->
            tx.execute(
                """
                create table odd (number int not null);
                create function refuse() returns trigger language plpgsql as $$
                begin
                  if new.number = 7 then raise exception 'no sevens'; end if;
                  return null;
                end $$;
                create constraint trigger odd after insert on heard
                  deferrable initially deferred for each row execute function refuse();
                """));
    StreamEngine engine = town.engine();
    UUID last = tellTen(engine);
    try (engine) {
      engine.start(List.of(new Listener(NAME)));
      assertThat(engine.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
      assertThat(town.heardBy(NAME))
          .containsExactly("a 1", "b 2", "a 3", "b 4", "a 5", "b 6", "b 8", "b 10");
      assertThat(parked()).isEqualTo(2);
      retry(engine, 7);
      assertThat(
              Town.eventually(
                  engine, () -> town.number("select max(attempts) from messaging.parked") == 5))
          .isTrue();
    }
  }

  @Test
  void aConsumerAddedLaterBeginsAtTheBeginning() {
    UUID last;
    try (StreamEngine engine = town.engine()) {
      engine.start(List.of(new Listener(NAME)));
      last = tellTen(engine);
      assertThat(engine.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
    }
    try (StreamEngine engine = town.engine()) {
      engine.start(List.of(new Listener(NAME), new Listener("test.late")));
      assertThat(engine.streams().awaitTakenIn("test.late", last, Town.PATIENCE)).isTrue();
    }
    assertThat(town.heardBy("test.late")).isEqualTo(town.heardBy(NAME)).hasSize(10);
    assertThat(town.number("select max(deliveries) from heard")).isOne();
  }

  @Test
  void aDeadlockIsNoReasonToPark() {
    AtomicInteger unlucky = new AtomicInteger(10);
    Listener listener =
        new Listener(NAME)
            .afterwards(
                event -> {
                  if (event.position() == 4 && unlucky.getAndDecrement() > 0) {
                    throw new IllegalStateException(new SQLException("deadlock", "40P01"));
                  }
                });
    StreamEngine engine = town.engine();
    UUID last = tellTen(engine);
    try (engine) {
      engine.start(List.of(listener));
      assertThat(engine.streams().awaitTakenIn(NAME, last, Town.PATIENCE)).isTrue();
    }
    assertThat(town.heardBy(NAME)).hasSize(10);
  }

  @Test
  void refusesTwoConsumersOfOneName() {
    StreamEngine engine = town.engine();
    assertThatThrownBy(() -> engine.start(List.of(new Listener(NAME), new Listener(NAME))))
        .hasMessageContaining(NAME);
  }

  private long parked() {
    return town.number("select count(*) from messaging.parked");
  }

  private void retry(StreamEngine engine, long position) {
    town.database.useTransaction(
        tx -> {
          UUID id =
              tx.createQuery("select event_id from messaging.parked where position = ?")
                  .bind(0, position)
                  .mapTo(UUID.class)
                  .one();
          assertThat(Parking.requestRetry(tx, NAME, id)).isTrue();
          engine.notifications().grown(tx, Stream.USERS);
        });
  }

  private UUID tellTen(StreamEngine engine) {
    UUID last = new UUID(0, 0);
    for (int number = 1; number <= 10; number++) {
      last = town.tell(engine, number % 2 == 1 ? "a" : "b", number);
    }
    return last;
  }
}
