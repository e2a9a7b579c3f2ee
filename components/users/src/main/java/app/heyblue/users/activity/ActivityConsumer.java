package app.heyblue.users.activity;

import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.users.postgres.ActivityTables;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Keeps who met whom and who gave to whom. Each transaction leaves the same row however often. */
@ApplicationScoped
public class ActivityConsumer implements BatchConsumer {
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
  public void acceptAll(Handle tx, List<Event> events) {
    List<Meeting> meetings = new ArrayList<>();
    List<Donation> donations = new ArrayList<>();
    List<Reversed> reversals = new ArrayList<>();
    for (Event event : events) {
      if (event.type().equals(Recorded.TYPE)) {
        Recorded recorded = event.dataAs(Recorded.class);
        switch (recorded.kind()) {
          case "encounter" -> meetings.add(recorded.meeting());
          case "donation" -> donations.add(recorded.donation());
          case "reversal" -> reversals.add(recorded.reversed());
          default -> {
            // Other kinds move points that nobody looks back on here.
          }
        }
      }
    }
    activity.addMeetings(tx, meetings);
    activity.addDonations(tx, donations);
    activity.markReversed(tx, reversals); // what they reverse came before them
  }
}
