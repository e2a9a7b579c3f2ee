package app.heyblue.notifications.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BalanceConsumerIT implements Alerts {
  private static final Instant NOW = Instant.parse("2026-04-01T10:00:00Z");
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final UserId BEN = new UserId(new UUID(0, 2));
  private static final UserId ISSUANCE = new UserId(new UUID(0, 9));

  private final Database database = TestDatabase.create("notifications");
  private final List<String> told = new ArrayList<>();
  private final BalanceConsumer consumer =
      new BalanceConsumer(this, ((InstantSource) () -> NOW).withZone(ZoneOffset.UTC));
  private long position;

  @Override
  public void tell(UserId party, Alert alert) {
    told.add((party.equals(ANN) ? "ann " : "ben ") + alert);
  }

  @Override
  public boolean isListening(UserId party) {
    return true;
  }

  @Test
  void bothSidesOfATransactionAreToldAndIssuanceIsNot() {
    deliver(
        recorded(
            Map.of("userId", ISSUANCE, "points", -20),
            Map.of("userId", ANN, "points", 10, "balance", 30, "available", 25),
            Map.of("userId", BEN, "points", 10, "balance", 10, "available", 10)));
    assertThat(told)
        .containsExactly(
            "ann BalanceChanged[points=30, held=5, available=25]",
            "ben BalanceChanged[points=10, held=0, available=10]");
  }

  @Test
  void aHoldChangesWhatIsAvailable() {
    deliver(
        event(
            "app.heyblue.hold.placed.v1",
            NOW,
            Map.of("userId", ANN, "balance", 30, "available", 10)));
    assertThat(told).containsExactly("ann BalanceChanged[points=30, held=20, available=10]");
  }

  @Test
  void ofSeveralChangesAtOnceTheLastIsTold() {
    deliver(
        recorded(Map.of("userId", ANN, "balance", 1, "available", 1)),
        recorded(Map.of("userId", ANN, "balance", 2, "available", 2)));
    assertThat(told).containsExactly("ann BalanceChanged[points=2, held=0, available=2]");
  }

  @Test
  void whatIsOldOrWasToldBeforeIsNotTold() {
    Event event = recorded(Map.of("userId", ANN, "balance", 1, "available", 1));
    deliver(event);
    deliver(event); // a replay
    deliver(
        event(
            BalanceConsumer.RECORDED,
            NOW.minus(Duration.ofMinutes(2)),
            Map.of("entries", List.of(Map.of("userId", ANN, "balance", 1, "available", 1)))));
    assertThat(told).hasSize(1);
  }

  @Test
  void eventsOfBeforeTransactionsSaidWhatIsAvailableTellNothing() {
    deliver(recorded(Map.of("userId", ANN, "balance", 1)));
    assertThat(told).isEmpty();
  }

  @Test
  void nothingIsToldBeforeThePositionIsStored() {
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    tx -> {
                      consumer.acceptAll(
                          tx,
                          List.of(recorded(Map.of("userId", ANN, "balance", 1, "available", 1))));
                      throw new IllegalStateException("the commit fails");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(told).isEmpty();
  }

  private void deliver(Event... events) {
    database.useTransaction(tx -> consumer.acceptAll(tx, List.of(events)));
  }

  @SafeVarargs
  private Event recorded(Map<String, Object>... entries) {
    return event(BalanceConsumer.RECORDED, NOW, Map.of("entries", List.of(entries)));
  }

  private Event event(String type, Instant at, Map<String, Object> data) {
    position++;
    return new Event(
        Stream.TRANSACTIONS,
        position,
        new UUID(5, position),
        type,
        "key",
        at,
        Json.mapper().valueToTree(data));
  }
}
