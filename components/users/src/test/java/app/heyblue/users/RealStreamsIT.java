package app.heyblue.users;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.StreamEngine;
import app.heyblue.messaging.postgres.Positions;
import app.heyblue.postgres.Database;
import app.heyblue.security.PersonalCipher;
import app.heyblue.testing.TestDatabase;
import app.heyblue.users.activity.ActivityConsumer;
import app.heyblue.users.postgres.ActivityTables;
import app.heyblue.users.postgres.ListingTable;
import app.heyblue.users.postgres.ProfileTable;
import app.heyblue.users.postgres.RevisionTable;
import app.heyblue.users.profiles.Directory;
import app.heyblue.users.profiles.ProfileConsumer;
import app.heyblue.users.profiles.ProfileEditor;
import app.heyblue.users.profiles.ProfileEditor.Wish;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The room beside the real streams. */
class RealStreamsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final IdGenerator IDS = KernelBeans.timeOrdered(CLOCK, new SecureRandom());

  private final Database database = TestDatabase.create("messaging", "users");
  private final ProfileTable profiles = new ProfileTable();
  private final PersonalCipher cipher = new Registry.Rot();
  private final Directory directory = new Directory(database, profiles, cipher);
  private final List<StreamConsumer> consumers =
      List.of(
          new ProfileConsumer(profiles, new ListingTable()),
          new ActivityConsumer(new ActivityTables()));

  @Test
  void aCallerReadsTheOwnWriteAndAReplayFromZeroLeavesTheTablesAsTheyWere() {
    UserId officer = new UserId(IDS.next());
    UserId charity = new UserId(IDS.next());
    List<String> before;
    try (StreamEngine engine = new StreamEngine(database, CLOCK, IDS)) {
      engine.start(consumers);
      UUID joined = join(engine, officer, PartyKind.OFFICER, "Dana Reyes");
      await(engine, "users.profiles", joined);
      assertThat(engine.streams().isTakenInByAdmitters(joined)).isTrue();
      join(engine, charity, PartyKind.CHARITY, "Food Bank");
      ProfileEditor editor = editor(engine);
      for (int version = 1; version <= 5; version++) {
        editor.change(
            officer, "\"" + version + "\"", new Wish("Dana " + version, null, version > 2, null));
        assertThat(directory.find(officer).orElseThrow().displayName())
            .isEqualTo("Dana " + version);
      }
      await(engine, "users.activity", donate(engine, officer, charity));
      before = Registry.readModel(database);
    }
    database.useTransaction(
        tx -> {
          for (StreamConsumer consumer : consumers) {
            assertThat(Positions.await(tx, consumer.stream(), consumer.name())).isPresent();
            Positions.setBack(tx, consumer.name(), 0);
          }
        });
    try (StreamEngine engine = new StreamEngine(database, CLOCK, IDS)) {
      engine.start(consumers);
      // Events of no interest, behind everything that is told again.
      await(engine, "users.profiles", tell(engine, Stream.USERS));
      await(engine, "users.activity", tell(engine, Stream.TRANSACTIONS));
    }
    assertThat(Registry.readModel(database)).isEqualTo(before);
    assertThat(directory.find(officer).orElseThrow().version()).isEqualTo(6);
  }

  private ProfileEditor editor(StreamEngine engine) {
    return new ProfileEditor(
        database,
        profiles,
        new RevisionTable(),
        directory,
        cipher,
        engine.log(),
        engine.streams(),
        (tx, action, subject, details) -> {});
  }

  private UUID join(StreamEngine engine, UserId id, PartyKind kind, String name) {
    return append(
        engine,
        Stream.USERS,
        new NewEvent(
            "app.heyblue.user.created.v1",
            id.toString(),
            Registry.created(cipher, id, kind, name, Map.of())));
  }

  private UUID donate(StreamEngine engine, UserId giver, UserId recipient) {
    return append(
        engine,
        Stream.TRANSACTIONS,
        new NewEvent(
            "app.heyblue.transaction.recorded.v1",
            giver.toString(),
            Map.of(
                "transactionId",
                IDS.next(),
                "kind",
                "donation",
                "giver",
                giver,
                "recipient",
                recipient,
                "entries",
                List.of(Map.of("userId", recipient, "points", 5)),
                "recordedAt",
                Instant.parse("2026-05-01T12:00:00Z"))));
  }

  private UUID tell(StreamEngine engine, Stream stream) {
    return append(
        engine, stream, new NewEvent("app.heyblue.test.told.v1", IDS.next().toString(), Map.of()));
  }

  private UUID append(StreamEngine engine, Stream stream, NewEvent event) {
    return database.inTransaction(tx -> engine.log().append(tx, stream, event));
  }

  private static void await(StreamEngine engine, String consumer, UUID event) {
    assertThat(engine.streams().awaitTakenIn(consumer, event, PATIENCE)).isTrue();
  }
}
