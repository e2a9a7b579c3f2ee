package app.heyblue.security.keys;

import app.heyblue.postgres.Database;
import app.heyblue.security.SecurityConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jdbi.v3.core.Handle;

/**
 * Wraps the other keys. It lies in a file outside the database, is made on the first start, and is
 * checked against the database before it is used: a key of the house is sealed under it in the same
 * transaction, so that two first starts can't end up with two master keys.
 *
 * <p>The file may hold several. Which one wraps is said by the database, so that all processes
 * agree; the others open what they wrapped before.
 */
@ApplicationScoped
public class MasterKey {
  static final String CHECK = "master-key-check";
  private static final String LOCK = "(hashtextextended('security.master_key', 0))";
  private final Database database;
  private final MasterKeyFile file;
  private final MasterKeyTrouble trouble;
  private final SecureRandom random;
  private final Clock clock;
  private final Aes aes;

  /** Only ever grows while the process runs: a reader may hold a row from before a rewrapping. */
  private volatile Map<String, SecretKey> known = Map.of();

  public MasterKey(Database database, SecurityConfig config, SecureRandom random, Clock clock) {
    this.database = database;
    this.file = new MasterKeyFile(config.masterKeyFile());
    this.trouble = new MasterKeyTrouble(config.masterKeyFile());
    this.random = random;
    this.clock = clock;
    this.aes = new Aes(random);
  }

  /**
   * Reads the keys, or makes one where the database holds nothing sealed yet.
   *
   * @throws IllegalStateException where the file is missing, damaged or of another database; the
   *     message tells what to do
   */
  void start(@Observes @Priority(50) StartupEvent event) {
    known();
  }

  /**
   * The id of the key in use. Until the transaction ends, no other comes into use, so that none can
   * be dropped that something is wrapped by meanwhile.
   */
  String hold(Handle tx) {
    known();
    tx.execute("select pg_advisory_xact_lock_shared" + LOCK);
    return Wrappings.inUse(tx).orElseThrow();
  }

  /** Wraps under the key in use. */
  Wrapped wrap(Handle tx, String context, byte[] secret) {
    return wrap(hold(tx), context, secret);
  }

  /** Wraps under a key that the transaction at hand {@linkplain #hold holds}. */
  Wrapped wrap(String held, String context, byte[] secret) {
    return new Wrapped(aes.seal(key(held), bytes(context), secret), held);
  }

  /**
   * @throws IllegalStateException where it was not wrapped by one of our keys for this context
   */
  byte[] unwrap(String context, Wrapped wrapped) {
    return open(context, wrapped)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The key \"%s\" in the database was altered; restore it from a back-up."
                        .formatted(context)));
  }

  /**
   * {@link #unwrap(String, Wrapped)} of a row. Where its master key is gone, the row is read again:
   * it may have been rewrapped since it was read, and the old key dropped.
   */
  Optional<byte[]> unwrap(String context, Supplier<Optional<Wrapped>> row) {
    Optional<Wrapped> read = row.get();
    try {
      return read.map(wrapped -> unwrap(context, wrapped));
    } catch (MasterKeyTrouble.Lacking e) {
      Optional<Wrapped> again = row.get();
      if (again.map(Wrapped::by).equals(read.map(Wrapped::by))) {
        throw e;
      }
      return again.map(wrapped -> unwrap(context, wrapped));
    }
  }

  /** Puts another key into use; the transaction has the caller's lock. Answers both ids. */
  Change change(Handle tx) {
    String before = Wrappings.inUse(tx).orElseThrow();
    NamedKey newest = file.read().stream().findFirst().orElseThrow(trouble::missing);
    // Put there by hand, or by an earlier try that broke off, it is used; else one is made.
    NamedKey next = newest.id().equals(before) ? file.make(random) : newest;
    learn(file.read());
    use(tx, next.id());
    return new Change(before, next.id());
  }

  /** From one master key to another, by their ids. */
  record Change(String before, String after) {}

  /** Removes all keys from the file but the one in use; the transaction has the caller's lock. */
  List<String> dropOthers(Handle tx) {
    String id = Wrappings.inUse(tx).orElseThrow();
    List<NamedKey> keys = file.read();
    List<NamedKey> kept = keys.stream().filter(named -> named.id().equals(id)).toList();
    if (kept.isEmpty()) {
      throw trouble.lacking(id);
    }
    if (kept.size() < keys.size()) {
      file.write(kept);
    }
    return keys.stream().map(NamedKey::id).filter(other -> !other.equals(id)).toList();
  }

  /** Waits, five seconds at most, until nobody is wrapping, and lets nobody begin. */
  static void lock(Handle tx) {
    tx.execute("set local lock_timeout = '5s'");
    tx.execute("select pg_advisory_xact_lock" + LOCK);
  }

  /** The ids of the file's keys, newest first. */
  List<String> idsInFile() {
    return file.read().stream().map(NamedKey::id).toList();
  }

  private Optional<byte[]> open(String context, Wrapped wrapped) {
    if (!wrapped.by().isEmpty()) {
      return Aes.open(key(wrapped.by()), bytes(context), wrapped.bytes());
    }
    return known().values().stream()
        .flatMap(key -> Aes.open(key, bytes(context), wrapped.bytes()).stream())
        .findFirst();
  }

  private SecretKey key(String id) {
    SecretKey key = known().get(id);
    if (key == null) {
      learn(file.read());
      key = known.get(id);
    }
    if (key == null) {
      throw trouble.lacking(id);
    }
    return key;
  }

  private Map<String, SecretKey> known() {
    Map<String, SecretKey> now = known;
    if (now.isEmpty()) {
      synchronized (this) {
        if (known.isEmpty()) {
          begin();
        }
        now = known;
      }
    }
    return now;
  }

  private synchronized void learn(List<NamedKey> keys) {
    Map<String, SecretKey> all = new LinkedHashMap<>(known);
    keys.forEach(named -> all.put(named.id(), named.key()));
    known = Map.copyOf(all);
  }

  /** On a connection of its own: the lock mustn't outlive this, whoever's transaction it is in. */
  private void begin() {
    try (Handle own = database.open()) {
      boolean set = own.inTransaction(tx -> readIfSet(tx));
      if (!set) {
        own.useTransaction(this::setUp);
      }
    }
  }

  private boolean readIfSet(Handle tx) {
    tx.execute("select pg_advisory_xact_lock_shared" + LOCK);
    Optional<Wrapped> check = check(tx);
    if (check.isEmpty() || Wrappings.inUse(tx).isEmpty()) {
      return false;
    }
    learn(fitting(tx, check.get()));
    return true;
  }

  private void setUp(Handle tx) {
    tx.execute("select pg_advisory_xact_lock" + LOCK);
    Optional<Wrapped> check = check(tx);
    if (check.isPresent()) {
      learn(fitting(tx, check.get()));
      return;
    }
    List<NamedKey> keys = file.read();
    NamedKey first = keys.isEmpty() ? file.make(random) : keys.getFirst();
    seal(tx, first);
    use(tx, first.id());
    learn(keys.isEmpty() ? List.of(first) : keys);
  }

  private static Optional<Wrapped> check(Handle tx) {
    return tx.createQuery("select wrapped, wrapped_by from security.house_key where name = :name")
        .bind("name", CHECK)
        .map((row, context) -> new Wrapped(row.getBytes(1), row.getString(2)))
        .findOne();
  }

  /** The file's keys where they are all that this database needs. */
  private List<NamedKey> fitting(Handle tx, Wrapped check) {
    List<NamedKey> keys = file.read();
    if (keys.isEmpty()) {
      throw trouble.missing();
    }
    List<String> ids = keys.stream().map(NamedKey::id).toList();
    List<String> needed = Wrappings.masters(tx).stream().filter(id -> !id.isEmpty()).toList();
    if (!needed.isEmpty() && needed.stream().noneMatch(ids::contains)) {
      throw trouble.foreign();
    }
    for (String id : needed) {
      if (!ids.contains(id)) {
        throw trouble.lacking(id);
      }
    }
    NamedKey opener =
        keys.stream()
            .filter(named -> Aes.open(named.key(), bytes(CHECK), check.bytes()).isPresent())
            .findFirst()
            .orElseThrow(trouble::foreign);
    String used = Wrappings.inUse(tx).orElse(opener.id());
    if (!ids.contains(used)) {
      throw trouble.lacking(used);
    }
    if (Wrappings.inUse(tx).isEmpty()) {
      use(tx, used);
    }
    return keys;
  }

  private void seal(Handle tx, NamedKey first) {
    byte[] anything = new byte[32];
    random.nextBytes(anything);
    tx.createUpdate(
            """
            insert into security.house_key (name, kind, wrapped, wrapped_by, made_at)
            values (:name, 'symmetric', :wrapped, :by, :now)
            """)
        .bind("name", CHECK)
        .bind("wrapped", aes.seal(first.key(), bytes(CHECK), anything))
        .bind("by", first.id())
        .bind("now", clock.instant())
        .execute();
  }

  private void use(Handle tx, String id) {
    Instant now = clock.instant();
    tx.createUpdate(
            """
            insert into security.master_key_in_use (id, since) values (:id, :now)
            on conflict (single) do update set id = excluded.id, since = excluded.since
            """)
        .bind("id", id)
        .bind("now", now)
        .execute();
  }

  private static byte[] bytes(String context) {
    return context.getBytes(StandardCharsets.UTF_8);
  }
}
