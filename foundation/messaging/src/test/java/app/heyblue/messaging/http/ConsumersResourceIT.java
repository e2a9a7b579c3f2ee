package app.heyblue.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.StreamEngine;
import app.heyblue.messaging.http.ConsumersResource.Replay;
import app.heyblue.messaging.postgres.Notifications;
import app.heyblue.messaging.postgres.Parking.Parked;
import app.heyblue.messaging.postgres.Positions.Place;
import app.heyblue.messaging.signals.Wakeups;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumersResourceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final IdGenerator IDS = KernelBeans.timeOrdered(CLOCK, new SecureRandom());

  private final Database database = TestDatabase.create("messaging");
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final AtomicInteger deliveries = new AtomicInteger();
  private final StreamEngine engine = new StreamEngine(database, CLOCK, IDS);
  // As if in another process: it reaches the engine by the database alone.
  private final ConsumersResource resource =
      new ConsumersResource(database, new Notifications(database, new Wakeups(), IDS.next()));

  @BeforeEach
  void tellThree() {
    engine.start(List.of(new Fragile()));
    tell("whole");
    tell("broken");
    UUID last = tell("whole");
    assertThat(engine.streams().awaitTakenIn("test.fragile", last, PATIENCE)).isTrue();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void tellsHowFarEachConsumerIs() {
    assertThat(resource.consumers("users").items())
        .containsExactly(new Place("test.fragile", 3, 0, 1));
    assertThat(resource.consumers("transactions").items()).isEmpty();
  }

  @Test
  void listsWhatIsParkedWithItsError() {
    UUID behind = tell("broken");
    UUID last = tell("whole");
    assertThat(engine.streams().awaitTakenIn("test.fragile", last, PATIENCE)).isTrue();

    Page<Parked> first = resource.parked("users", "test.fragile", new PageRequest(1, null));
    Parked parked = first.items().getFirst();
    assertThat(parked.position()).isEqualTo(2);
    assertThat(parked.error()).contains("not this one");
    assertThat(parked.attempts()).isEqualTo(4);
    Page<Parked> second =
        resource.parked("users", "test.fragile", new PageRequest(1, first.next()));
    assertThat(second.items().getFirst().id()).isEqualTo(behind);
    assertThat(second.items().getFirst().error()).isNull();
    assertThat(second.next()).isNull();
  }

  @Test
  void deliversAParkedRecordAgain() {
    broken.set(false);
    UUID parked =
        resource.parked("users", "test.fragile", new PageRequest()).items().getFirst().id();
    assertThat(resource.retry("users", "test.fragile", parked).getStatus()).isEqualTo(202);
    assertThat(engine.streams().awaitTakenIn("test.fragile", parked, PATIENCE)).isTrue();
    assertThatThrownBy(() -> resource.retry("users", "test.fragile", parked))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void replaysButSkipsNothing() {
    int before = deliveries.get();
    assertThat(resource.replay("users", "test.fragile", new Replay(0L)).getStatus()).isEqualTo(202);
    UUID last = tell("whole");
    assertThat(engine.streams().awaitTakenIn("test.fragile", last, PATIENCE)).isTrue();
    assertThat(deliveries.get()).isGreaterThanOrEqualTo(before + 4);

    assertThatThrownBy(() -> resource.replay("users", "test.fragile", new Replay(6L)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("5 at most");
    assertThatThrownBy(() -> resource.replay("users", "test.fragile", new Replay(Long.MAX_VALUE)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void knowsNoOtherStreamsAndConsumers() {
    for (String name : List.of("USERS", "mail", "")) {
      assertThatThrownBy(() -> resource.consumers(name)).isInstanceOf(ProblemException.class);
    }
    for (String name : List.of("test.nobody", "a\0b", "x".repeat(5_000))) {
      assertThatThrownBy(() -> resource.parked("users", name, new PageRequest()))
          .isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> resource.replay("users", name, new Replay(1L)))
          .isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> resource.retry("users", name, new UUID(1, 1)))
          .isInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(() -> resource.replay("transactions", "test.fragile", new Replay(1L)))
        .isInstanceOf(ProblemException.class);
  }

  private UUID tell(String key) {
    return database.inTransaction(
        tx ->
            engine
                .log()
                .append(tx, Stream.USERS, new NewEvent("app.heyblue.test.told.v1", key, Map.of())));
  }

  /** Takes in everything but what is broken. */
  private final class Fragile implements StreamConsumer {
    @Override
    public String name() {
      return "test.fragile";
    }

    @Override
    public Stream stream() {
      return Stream.USERS;
    }

    @Override
    public void accept(Handle tx, Event event) {
      deliveries.incrementAndGet();
      if (broken.get() && event.key().equals("broken")) {
        throw new IllegalStateException("not this one");
      }
    }
  }
}
