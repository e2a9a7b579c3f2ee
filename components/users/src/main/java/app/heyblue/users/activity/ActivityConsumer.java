package app.heyblue.users.activity;

import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.users.postgres.ActivityTables;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Keeps who met whom and who gave to whom. Each transaction leaves the same row however often. */
@ApplicationScoped
public class ActivityConsumer implements StreamConsumer {
  private final ActivityTables activity;

  public ActivityConsumer(ActivityTables activity) {
    this.activity = activity;
  }

  @Override
  public String name() {
    return "users.activity";
  }

  @Override
  public Stream stream() {
    return Stream.TRANSACTIONS;
  }

  @Override
  public void accept(Handle tx, Event event) {
    if (!event.type().equals(Recorded.TYPE)) {
      return;
    }
    Recorded recorded = event.dataAs(Recorded.class);
    switch (recorded.kind()) {
      case "encounter" ->
          activity.addMeeting(
              tx,
              recorded.transactionId(),
              Objects.requireNonNull(recorded.civilian(), "civilian"),
              Objects.requireNonNull(recorded.officer(), "officer"),
              recorded.recordedAt());
      case "donation" -> {
        var recipient = Objects.requireNonNull(recorded.recipient(), "recipient");
        activity.addDonation(
            tx,
            recorded.transactionId(),
            Objects.requireNonNull(recorded.giver(), "giver"),
            recipient,
            recorded.pointsOf(recipient),
            recorded.recordedAt());
      }
      case "reversal" ->
          activity.markReversed(
              tx,
              Objects.requireNonNull(recorded.reverses(), "reverses"),
              recorded.transactionId());
      default -> {
        // Other kinds move points that nobody looks back on here.
      }
    }
  }
}
