package app.heyblue.users;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.Streams;
import app.heyblue.postgres.Database;
import app.heyblue.security.PersonalCipher;
import app.heyblue.security.SealedReferences;
import app.heyblue.testing.TestDatabase;
import app.heyblue.users.activity.ActivityConsumer;
import app.heyblue.users.postgres.ActivityTables;
import app.heyblue.users.postgres.ListingTable;
import app.heyblue.users.postgres.ProfileTable;
import app.heyblue.users.postgres.RevisionTable;
import app.heyblue.users.profiles.Directory;
import app.heyblue.users.profiles.ProfileConsumer;
import app.heyblue.users.profiles.ProfileEditor;
import app.heyblue.users.recipients.Recipients;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The room on a database of its own, beside streams that a test tells and delivers by hand. */
public final class Registry {
  public final Database database = TestDatabase.create("users");
  public final List<Event> told = new CopyOnWriteArrayList<>();
  public final List<String> audited = new CopyOnWriteArrayList<>();
  public final ProfileTable profiles = new ProfileTable();
  public final ActivityTables activity = new ActivityTables();
  public final PersonalCipher cipher = new Rot();
  public final Directory directory = new Directory(database, profiles, cipher);
  public final Recipients recipients =
      new Recipients(database, profiles, directory, new Envelopes());

  /** Whether a change is delivered before the one who waits for it gives up. */
  public volatile boolean delivers = true;

  public final ProfileEditor editor =
      new ProfileEditor(
          database,
          profiles,
          new RevisionTable(),
          directory,
          cipher,
          new Log(),
          new Delivery(),
          (tx, action, subject, details) -> audited.add(action));

  private final IdGenerator ids = KernelBeans.timeOrdered(Clock.systemUTC(), new SecureRandom());
  private final List<StreamConsumer> consumers =
      List.of(new ProfileConsumer(profiles, new ListingTable()), new ActivityConsumer(activity));

  public UUID id() {
    return ids.next();
  }

  /** Somebody joins; the name is public or sealed as the kind demands. */
  public UserId join(PartyKind kind, String name, Map<String, String> details) {
    UserId id = new UserId(ids.next());
    deliver(
        tell(
            Stream.USERS,
            "app.heyblue.user.created.v1",
            id.toString(),
            created(cipher, id, kind, name, details)));
    return id;
  }

  /** What onboarding tells of a new party. */
  static Map<String, @Nullable Object> created(
      PersonalCipher cipher, UserId id, PartyKind kind, String name, Map<String, String> details) {
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("userId", id);
    data.put("kind", kind);
    data.put("displayName", kind.isNaturalPerson() ? null : name);
    data.put(
        "displayNameSealed",
        kind.isNaturalPerson()
            ? Base64.getEncoder().encodeToString(cipher.seal(id, "displayName", name))
            : null);
    data.put("zipSealed", "c29tZXRoaW5nIHRoYXQgaXNuJ3QgcmVhZA==");
    data.put("at", "2026-05-01T12:00:00.123456Z");
    data.putAll(details);
    return data;
  }

  public UserId join(PartyKind kind, String name) {
    return join(kind, name, Map.of());
  }

  /** A charity disappears from the catalog, or is back. */
  public void list(String ein, boolean listed) {
    deliver(
        tell(
            Stream.USERS,
            "app.heyblue.charity.%s.v1".formatted(listed ? "listed" : "delisted"),
            ein,
            Map.of("ein", ein, "reason", "refresh")));
  }

  public UUID meet(UserId civilian, UserId officer, Instant at) {
    UUID id = ids.next();
    record(
        "encounter", id, civilian, at, Map.of("civilian", civilian, "officer", officer), List.of());
    return id;
  }

  public UUID donate(UserId giver, UserId recipient, long points, Instant at) {
    UUID id = ids.next();
    record(
        "donation",
        id,
        giver,
        at,
        Map.of("giver", giver, "recipient", recipient),
        List.of(
            Map.of("userId", giver, "points", -points, "balance", 5),
            Map.of("userId", recipient, "points", points, "balance", 5)));
    return id;
  }

  public UUID reverse(UUID original, UserId key, Instant at) {
    UUID id = ids.next();
    record("reversal", id, key, at, Map.of("reverses", original), List.of());
    return id;
  }

  private void record(
      String kind,
      UUID id,
      UserId key,
      Instant at,
      Map<String, Object> roles,
      List<Map<String, Object>> entries) {
    Map<String, Object> data = new HashMap<>(roles);
    data.put("transactionId", id);
    data.put("kind", kind);
    data.put("entries", entries);
    data.put("facts", Map.of("proof", "qr"));
    data.put("recordedAt", at);
    deliver(tell(Stream.TRANSACTIONS, "app.heyblue.transaction.recorded.v1", key.toString(), data));
  }

  public Event tell(Stream stream, String type, String key, Object data) {
    Event event =
        new Event(
            stream,
            told.size() + 1,
            ids.next(),
            type,
            key,
            Instant.EPOCH,
            Json.mapper().valueToTree(data));
    told.add(event);
    return event;
  }

  public void deliver(Event event) {
    for (StreamConsumer consumer : consumers) {
      if (consumer.stream() == event.stream()) {
        database.useTransaction(tx -> consumer.accept(tx, event));
      }
    }
  }

  /** Every row of the read model, table by table. */
  public List<String> readModel() {
    return readModel(database);
  }

  static List<String> readModel(Database database) {
    List<String> digests = new ArrayList<>();
    for (String table :
        List.of(
            "profile", "profile_word", "profile_form", "charity_listing", "meeting", "donation")) {
      digests.add(
          database.<String, RuntimeException>read(
              tx ->
                  tx.createQuery(
                          """
                          select '%1$s ' || count(*) || ' ' ||
                            md5(coalesce(string_agg(t::text, '|' order by t::text), ''))
                          from users.%1$s t
                          """
                              .formatted(table))
                      .mapTo(String.class)
                      .one()));
    }
    return digests;
  }

  /** Tells what commits. */
  private final class Log implements EventLog {
    @Override
    public UUID append(Handle tx, Stream stream, NewEvent event) {
      Event appended =
          new Event(
              stream,
              told.size() + 1,
              ids.next(),
              event.type(),
              event.key(),
              Instant.EPOCH,
              Json.mapper().valueToTree(event.data()));
      tx.afterCommit(() -> told.add(appended));
      return appended.id();
    }
  }

  /** Delivers an event at the moment when somebody waits for it. */
  private final class Delivery implements Streams {
    @Override
    public boolean isTakenInByAdmitters(UUID eventId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitTakenIn(String consumer, UUID eventId, Duration atMost) {
      if (!consumer.equals("users.profiles")) {
        throw new IllegalArgumentException(consumer);
      }
      if (delivers) {
        told.stream().filter(event -> event.id().equals(eventId)).forEach(Registry.this::deliver);
      }
      return delivers;
    }

    @Override
    public void onProgress(Stream stream, Runnable listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** Seals so that a test would see a name in clear, and forgets. */
  static final class Rot implements PersonalCipher {
    private final Map<UserId, Boolean> forgotten = new ConcurrentHashMap<>();

    @Override
    public void createKey(UserId person) {}

    @Override
    public byte[] seal(UserId person, String field, String text) {
      byte[] bytes = (person + field + "\0" + text).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x5a;
      }
      return bytes;
    }

    @Override
    public Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> open(UserId person, String field, byte[] sealed) {
      byte[] bytes = sealed.clone();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x5a;
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (!text.startsWith(person + field + "\0")) {
        throw new IllegalArgumentException("sealed for another person or field");
      }
      return forgotten.containsKey(person)
          ? Optional.empty()
          : Optional.of(text.substring(text.indexOf('\0') + 1));
    }

    @Override
    public void destroyKey(Handle tx, UserId person) {
      forgotten.put(person, true);
    }
  }

  /** References that say nothing by themselves. */
  private static final class Envelopes implements SealedReferences {
    private final Map<String, UUID> sealed = new ConcurrentHashMap<>();

    @Override
    public String seal(String purpose, UUID id) {
      String reference =
          purpose.hashCode() + "-" + sealed.size() + "-" + new SecureRandom().nextInt();
      sealed.put(purpose + reference, id);
      return reference;
    }

    @Override
    public Optional<UUID> open(String purpose, String reference) {
      return Optional.ofNullable(sealed.get(purpose + reference));
    }
  }
}
