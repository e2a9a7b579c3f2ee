package app.heyblue.notifications.events;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.notifications.DemoMailbox;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.PostOffice;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.preferences.PreferenceEditor;
import app.heyblue.postgres.Database;
import app.heyblue.security.IdentityProvider;
import app.heyblue.testing.TestDatabase;
import app.heyblue.users.Profile;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConsumersIT {
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final UserId GONE = new UserId(new UUID(0, 2));
  private static final UserId BEN = new UserId(new UUID(0, 3));
  private static final Map<UserId, String> ADDRESSES =
      Map.of(ANN, "ann@example.org", BEN, "ben@example.org");

  private final Database database = TestDatabase.create("notifications");
  private final PostOffice office = new PostOffice(database);
  private final PreferenceEditor preferences =
      new PreferenceEditor(database, (tx, action, subject, details) -> {});
  private final List<Event> heard = new ArrayList<>();

  @Test
  void aChangedPasswordAndAStolenSessionAreToldToTheOwnerWhateverSessionsWereOpen() {
    security(changed(ANN));
    security(ended(ANN, "passwordChanged"));
    security(ended(ANN, "refreshReused"));
    deliver();

    assertThat(office.carried)
        .extracting(Letter::template)
        .containsExactlyInAnyOrder(Template.PASSWORD_CHANGED, Template.SESSION_STOLEN);
    assertThat(office.carried).extracting(Letter::to).containsOnly("ann@example.org");
    assertThat(office.carried).extracting(Letter::language).containsOnly(Language.ES);
  }

  @Test
  void theftThatEndsManySessionsIsOneLetter() {
    for (int i = 0; i < 5; i++) {
      security(ended(ANN, "refreshReused"));
    }
    deliver();

    assertThat(office.carried).hasSize(1);
  }

  @Test
  void whatAPersonDoesThemselvesOrOnboardingTellsIsNotTold() {
    for (String reason :
        List.of(
            "signedOut",
            "signedOutElsewhere",
            "expired",
            "tooMany",
            "relinked",
            "passwordReset",
            "new")) {
      security(ended(ANN, reason));
    }
    deliver();

    assertThat(office.carried).isEmpty();
  }

  @Test
  void anotherRoomHasAPartyToldOfAnIncidentOnce() {
    for (int i = 0; i < 2; i++) {
      database.useTransaction(tx -> letters().post(tx, ANN, Template.DEVICE_LINKED, "a relink"));
    }
    deliver();

    assertThat(office.carried).extracting(Letter::template).containsExactly(Template.DEVICE_LINKED);
    assertThat(office.carried.getFirst().language()).isEqualTo(Language.ES);
  }

  @Test
  void nobodyWritesToWhoWasForgotten() {
    security(changed(GONE));
    deliver();

    assertThat(office.carried).isEmpty();
  }

  @Test
  void aReplayWritesToNobodyNeitherSoonNorLate() {
    security(changed(ANN));
    deliver();
    for (Duration later :
        List.of(Duration.ofMinutes(1), Duration.ofDays(13), Duration.ofDays(90))) {
      office.now = office.now.plus(later);
      office.postman(office).pass();
      new ArrayList<>(heard).forEach(this::security);
      deliver();
    }

    assertThat(office.carried).hasSize(1);
  }

  @Test
  void inTheDemoMailboxALetterIsDatedByWhatItTells() {
    Instant at = office.now;
    Event event = changed(ANN);
    office.now = office.now.plusSeconds(5);
    database.useTransaction(
        tx ->
            new SecurityConsumer(
                    new PartyLetters(office.demo(), identities(), this::profile, office.clock()))
                .accept(tx, event));

    assertThat(office.mailbox().read("ann@example.org"))
        .extracting(DemoMailbox.Item::sentAt)
        .containsExactly(at);
  }

  @Test
  void receiptsGoOnlyToThoseWhoAskedAndOnceADay() {
    receipts(recorded("donation", Map.of("recipient", ANN, "giver", BEN)));
    deliver();
    assertThat(office.carried).isEmpty();

    preferences.replace(ANN, PartyKind.FAMILY, "*", Map.of("donationReceived", true), null);
    for (int i = 0; i < 3; i++) {
      receipts(recorded("donation", Map.of("recipient", ANN, "giver", BEN)));
    }
    receipts(recorded("giveaway", Map.of("recipient", ANN, "giver", BEN)));
    deliver();
    assertThat(office.carried)
        .extracting(Letter::template)
        .containsExactly(Template.DONATION_RECEIVED);
    assertThat(office.carried.getFirst().values()).isEmpty();

    office.now = office.now.plus(Duration.ofDays(1));
    receipts(recorded("donation", Map.of("recipient", ANN, "giver", BEN)));
    deliver();
    assertThat(office.carried).hasSize(2);
  }

  @Test
  void bothSidesOfAnEncounterAreToldWhereTheyAsked() {
    preferences.replace(ANN, PartyKind.CIVILIAN, "*", Map.of("encounterConfirmed", true), null);
    preferences.replace(BEN, PartyKind.OFFICER, "*", Map.of("encounterConfirmed", true), null);
    receipts(recorded("encounter", Map.of("civilian", ANN, "officer", BEN)));
    receipts(recorded("reversal", Map.of()));
    deliver();

    assertThat(office.carried)
        .extracting(Letter::to)
        .containsExactlyInAnyOrder("ann@example.org", "ben@example.org");
  }

  private void security(Event event) {
    hear(new SecurityConsumer(letters()), event);
  }

  private void receipts(Event event) {
    hear(new ReceiptConsumer(letters()), event);
  }

  private void hear(StreamConsumer consumer, Event event) {
    assertThat(consumer.stream()).isEqualTo(event.stream());
    heard.add(event);
    database.useTransaction(tx -> consumer.accept(tx, event));
  }

  private void deliver() {
    office.postman(office).pass();
  }

  private PartyLetters letters() {
    return new PartyLetters(office.smtp(), identities(), this::profile, office.clock());
  }

  private Event changed(UserId party) {
    return event(
        app.heyblue.messaging.Stream.USERS,
        SecurityConsumer.PASSWORD_CHANGED,
        Map.of("userId", party, "at", office.now));
  }

  private Event ended(UserId party, String reason) {
    return event(
        app.heyblue.messaging.Stream.USERS,
        SecurityConsumer.SESSION_ENDED,
        Map.of("userId", party, "sessionId", new UUID(0, heard.size()), "reason", reason));
  }

  private Event recorded(String kind, Map<String, UserId> parties) {
    Map<String, Object> data = new java.util.HashMap<>(parties);
    data.put("kind", kind);
    return event(app.heyblue.messaging.Stream.TRANSACTIONS, ReceiptConsumer.RECORDED, data);
  }

  private Event event(app.heyblue.messaging.Stream stream, String type, Map<String, ?> data) {
    return new Event(
        stream,
        heard.size() + 1,
        new UUID(1, heard.size()),
        type,
        "key",
        office.now,
        Json.mapper().valueToTree(data));
  }

  private Optional<Profile> profile(UserId party) {
    return Optional.of(
        new Profile(
            party,
            PartyKind.FAMILY,
            null,
            null,
            null,
            null,
            null,
            null,
            Language.ES,
            false,
            false,
            Instant.EPOCH,
            1));
  }

  /** Identities of which this room only asks the address. */
  private static IdentityProvider identities() {
    return (IdentityProvider)
        Proxy.newProxyInstance(
            IdentityProvider.class.getClassLoader(),
            new Class<?>[] {IdentityProvider.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("emailOf")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return Optional.ofNullable(ADDRESSES.get((UserId) arguments[0]));
            });
  }
}
