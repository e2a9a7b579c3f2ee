package app.heyblue.security.keys;

import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.PersonalCipher;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/**
 * A key per person in {@code security.person_key}, wrapped by the master key. The context of a
 * field's ciphertext is the person's id and the field's name.
 *
 * <p>Unwrapped keys are kept for a minute at most: so long may another process still open what is
 * sealed under a key that was destroyed here.
 */
@ApplicationScoped
public class PersonKeys implements PersonalCipher {
  private static final int CACHED = 10_000;
  private final Database database;
  private final MasterKey master;
  private final SecureRandom random;
  private final Clock clock;
  private final Aes aes;
  private final Cache<UserId, SecretKey> cache =
      Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(Duration.ofMinutes(1)).build();

  public PersonKeys(Database database, MasterKey master, SecureRandom random, Clock clock) {
    this.database = database;
    this.master = master;
    this.random = random;
    this.clock = clock;
    this.aes = new Aes(random);
  }

  @Override
  public void createKey(UserId person) {
    database.useTransaction(tx -> createKey(tx, person));
  }

  /** {@link #createKey(UserId)} in a transaction at hand. */
  public void createKey(Handle tx, UserId person) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    Wrapped wrapped = master.wrap(tx, wrapping(person), key);
    tx.createUpdate(
            """
            insert into security.person_key (person, wrapped, wrapped_by, made_at)
            values (:person, :wrapped, :by, :now) on conflict (person) do nothing
            """)
        .bind("person", person.value())
        .bind("wrapped", wrapped.bytes())
        .bind("by", wrapped.by())
        .bind("now", clock.instant())
        .execute();
  }

  @Override
  public byte[] seal(UserId person, String field, String text) {
    return seal(find(person).orElseThrow(() -> noKey(person)), person, field, text);
  }

  /** {@link #seal(UserId, String, String)} with a key that the transaction at hand sees. */
  public byte[] seal(Handle tx, UserId person, String field, String text) {
    return sealIfKnown(tx, person, field, text).orElseThrow(() -> noKey(person));
  }

  /** {@link #seal(UserId, String, String)}; empty where the person has no key. */
  public Optional<byte[]> sealIfKnown(UserId person, String field, String text) {
    return find(person).map(key -> seal(key, person, field, text));
  }

  /** {@link #seal(Handle, UserId, String, String)}; empty where the person has no key. */
  public Optional<byte[]> sealIfKnown(Handle tx, UserId person, String field, String text) {
    return find(tx, person).map(key -> seal(key, person, field, text));
  }

  @Override
  public Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts) {
    Map<UserId, Wrapped> wrapped =
        texts.isEmpty() ? Map.of() : database.read(tx -> wrapped(tx, texts.keySet()));
    Map<UserId, byte[]> sealed = new HashMap<>();
    texts.forEach(
        (person, text) ->
            master
                .unwrap(wrapping(person), () -> Optional.ofNullable(wrapped.get(person)))
                .map(key -> new SecretKeySpec(key, "AES"))
                .ifPresent(key -> sealed.put(person, seal(key, person, field, text))));
    return sealed;
  }

  @Override
  public Optional<String> open(UserId person, String field, byte[] sealed) {
    return find(person)
        .map(
            key ->
                Aes.open(key, context(person, field), sealed)
                    .map(plain -> new String(plain, StandardCharsets.UTF_8))
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "not sealed as " + field + " of " + person + ", or altered")));
  }

  @Override
  public void destroyKey(Handle tx, UserId person) {
    tx.createUpdate(
            """
            update security.person_key set wrapped = null, destroyed_at = :now
            where person = :person and wrapped is not null
            """)
        .bind("person", person.value())
        .bind("now", clock.instant())
        .execute();
    tx.afterCommit(() -> cache.invalidate(person));
  }

  private byte[] seal(SecretKey key, UserId person, String field, String text) {
    return aes.seal(key, context(person, field), text.getBytes(StandardCharsets.UTF_8));
  }

  private static IllegalStateException noKey(UserId person) {
    return new IllegalStateException("no key of " + person);
  }

  private Optional<SecretKey> find(UserId person) {
    SecretKey cached = cache.getIfPresent(person);
    return cached != null
        ? Optional.of(cached)
        : database.read(
            tx -> {
              Optional<SecretKey> found = load(tx, person);
              found.ifPresent(key -> cache.put(person, key));
              return found;
            });
  }

  /** Keys seen by an open transaction aren't cached: it may roll back. */
  private Optional<SecretKey> find(Handle tx, UserId person) {
    SecretKey cached = cache.getIfPresent(person);
    return cached != null ? Optional.of(cached) : load(tx, person);
  }

  private Optional<SecretKey> load(Handle tx, UserId person) {
    return master
        .unwrap(wrapping(person), () -> wrapped(tx, person))
        .map(key -> new SecretKeySpec(key, "AES"));
  }

  private static Optional<Wrapped> wrapped(Handle tx, UserId person) {
    return tx.createQuery(
            """
            select wrapped, wrapped_by from security.person_key
            where person = :person and wrapped is not null
            """)
        .bind("person", person.value())
        .map((row, context) -> new Wrapped(row.getBytes(1), row.getString(2)))
        .findOne();
  }

  private static Map<UserId, Wrapped> wrapped(Handle tx, Set<UserId> people) {
    return tx.createQuery(
            """
            select person, wrapped, wrapped_by from security.person_key
            where person = any(:people) and wrapped is not null
            """)
        .bind("people", people.stream().map(UserId::value).toArray(UUID[]::new))
        .reduceRows(
            new HashMap<UserId, Wrapped>(),
            (found, row) -> {
              found.put(
                  new UserId(row.getColumn("person", UUID.class)),
                  new Wrapped(
                      row.getColumn("wrapped", byte[].class),
                      row.getColumn("wrapped_by", String.class)));
              return found;
            });
  }

  static String wrapping(UserId person) {
    return "person/" + person;
  }

  private static byte[] context(UserId person, String field) {
    return (person + "/" + field).getBytes(StandardCharsets.UTF_8);
  }
}
