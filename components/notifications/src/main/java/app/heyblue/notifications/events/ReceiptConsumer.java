package app.heyblue.notifications.events;

import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.postgres.PreferenceTable;
import app.heyblue.notifications.preferences.NotificationKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells people who asked for it that points arrived: one letter per day (UTC) and kind, which names
 * neither who gave nor how much, since mail is read by more eyes than the app.
 */
@ApplicationScoped
public class ReceiptConsumer implements StreamConsumer {
  static final String RECORDED = "app.heyblue.transaction.recorded.v1";

  private final PartyLetters letters;

  public ReceiptConsumer(PartyLetters letters) {
    this.letters = letters;
  }

  /** What this room reads of {@value RECORDED}. */
  record Recorded(
      String kind,
      @Nullable UserId recipient,
      @Nullable UserId civilian,
      @Nullable UserId officer) {}

  @Override
  public String name() {
    return "notifications.receipts";
  }

  @Override
  public Stream stream() {
    return Stream.TRANSACTIONS;
  }

  @Override
  public void accept(Handle tx, Event event) {
    if (!event.type().equals(RECORDED)) {
      return;
    }
    Recorded recorded = event.dataAs(Recorded.class);
    switch (recorded.kind()) {
      case "donation" ->
          tell(
              tx,
              recorded.recipient(),
              NotificationKind.DONATION_RECEIVED,
              Template.DONATION_RECEIVED,
              event);
      case "giveaway" ->
          tell(
              tx,
              recorded.recipient(),
              NotificationKind.GIFT_RECEIVED,
              Template.GIFT_RECEIVED,
              event);
      case "encounter" -> {
        tellOfEncounter(tx, recorded.civilian(), event);
        tellOfEncounter(tx, recorded.officer(), event);
      }
      default -> {
        // Nobody asked to be told of the others.
      }
    }
  }

  private void tellOfEncounter(Handle tx, @Nullable UserId party, Event event) {
    tell(tx, party, NotificationKind.ENCOUNTER_CONFIRMED, Template.ENCOUNTER_CONFIRMED, event);
  }

  private void tell(
      Handle tx, @Nullable UserId party, NotificationKind kind, Template template, Event event) {
    if (party != null && PreferenceTable.find(tx, party).mail().contains(kind)) {
      letters.post(
          tx, party, template, event.time().truncatedTo(ChronoUnit.DAYS).toString(), event.time());
    }
  }
}
