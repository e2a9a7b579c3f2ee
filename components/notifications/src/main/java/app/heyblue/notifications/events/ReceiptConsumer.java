package app.heyblue.notifications.events;

import app.heyblue.kernel.UserId;
import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.postgres.PreferenceTable;
import app.heyblue.notifications.preferences.NotificationKind;
import app.heyblue.notifications.preferences.Preferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells people who asked for it that points arrived: one letter per day (UTC) and kind, which names
 * neither who gave nor how much, since mail is read by more eyes than the app.
 */
@ApplicationScoped
public class ReceiptConsumer implements BatchConsumer {
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
  public app.heyblue.messaging.Stream stream() {
    return app.heyblue.messaging.Stream.TRANSACTIONS;
  }

  /** What somebody may want to be told. */
  private record Told(UserId party, NotificationKind kind, Template template, Event event) {}

  @Override
  public void acceptAll(Handle tx, List<Event> events) {
    List<Told> told =
        events.stream()
            .filter(event -> event.type().equals(RECORDED))
            .flatMap(ReceiptConsumer::told)
            .toList();
    if (told.isEmpty()) {
      return;
    }
    Map<UserId, Preferences> wanting =
        PreferenceTable.wanting(tx, told.stream().map(Told::party).collect(Collectors.toSet()));
    for (Told one : told) {
      Preferences wants = wanting.get(one.party());
      if (wants != null && wants.mail().contains(one.kind())) {
        Instant at = one.event().time();
        letters.post(
            tx, one.party(), one.template(), at.truncatedTo(ChronoUnit.DAYS).toString(), at);
      }
    }
  }

  private static Stream<Told> told(Event event) {
    Recorded recorded = event.dataAs(Recorded.class);
    return switch (recorded.kind()) {
      case "donation" ->
          told(
              recorded.recipient(),
              NotificationKind.DONATION_RECEIVED,
              Template.DONATION_RECEIVED,
              event);
      case "giveaway" ->
          told(recorded.recipient(), NotificationKind.GIFT_RECEIVED, Template.GIFT_RECEIVED, event);
      case "encounter" ->
          Stream.of(recorded.civilian(), recorded.officer())
              .flatMap(
                  party ->
                      told(
                          party,
                          NotificationKind.ENCOUNTER_CONFIRMED,
                          Template.ENCOUNTER_CONFIRMED,
                          event));
      default -> Stream.empty(); // nobody asked to be told of the others
    };
  }

  private static Stream<Told> told(
      @Nullable UserId party, NotificationKind kind, Template template, Event event) {
    return party == null ? Stream.empty() : Stream.of(new Told(party, kind, template, event));
  }
}
