package app.heyblue.notifications.events;

import app.heyblue.kernel.UserId;
import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells people at once what they have when it changes. What is told can't be taken back, so it's
 * told after the position is stored, never again, and not at all where it's old.
 */
@ApplicationScoped
public class BalanceConsumer implements BatchConsumer {
  static final Duration MATTERS = Duration.ofMinutes(1);
  static final String RECORDED = "app.heyblue.transaction.recorded.v1";
  private static final String HOLD = "app.heyblue.hold.";

  private final Alerts alerts;
  private final Clock clock;
  private long told;

  public BalanceConsumer(Alerts alerts, Clock clock) {
    this.alerts = alerts;
    this.clock = clock;
  }

  /** What this room reads of {@value RECORDED}. */
  record Recorded(List<Entry> entries) {}

  /** One side; issuance has no balance. */
  record Entry(UserId userId, @Nullable Long balance, @Nullable Long available) {}

  /** What this room reads of {@code app.heyblue.hold.….v1}. */
  record Held(UserId userId, long balance, long available) {}

  @Override
  public String name() {
    return "notifications.balances";
  }

  @Override
  public Stream stream() {
    return Stream.TRANSACTIONS;
  }

  @Override
  public void acceptAll(Handle tx, List<Event> events) {
    Instant oldest = clock.instant().minus(MATTERS);
    Map<UserId, Alert> latest = new LinkedHashMap<>();
    for (Event event : events) {
      if (event.position() > told && event.time().isAfter(oldest)) {
        read(event, latest);
      }
    }
    long last = events.getLast().position();
    tx.afterCommit(
        () -> {
          told = Math.max(told, last);
          latest.forEach(alerts::tell);
        });
  }

  private static void read(Event event, Map<UserId, Alert> latest) {
    if (event.type().equals(RECORDED)) {
      for (Entry entry : event.dataAs(Recorded.class).entries()) {
        if (entry.balance() != null && entry.available() != null) {
          put(latest, entry.userId(), entry.balance(), entry.available());
        }
      }
    } else if (event.type().startsWith(HOLD)) {
      Held held = event.dataAs(Held.class);
      put(latest, held.userId(), held.balance(), held.available());
    }
  }

  private static void put(Map<UserId, Alert> latest, UserId party, long points, long available) {
    latest.put(party, new Alert.BalanceChanged(points, points - available, available));
  }
}
