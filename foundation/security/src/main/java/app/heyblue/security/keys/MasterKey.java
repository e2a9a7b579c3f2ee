package app.heyblue.security.keys;

import app.heyblue.postgres.Database;
import app.heyblue.security.SecurityConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the other keys. It lies in a file outside the database, is made on the first start, and is
 * checked against the database before it is used: a key of the house is sealed under it in the same
 * transaction, so that two first starts can't end up with two master keys.
 */
@ApplicationScoped
public class MasterKey {
  private static final String CHECK = "master-key-check";
  private final Database database;
  private final Path path;
  private final SecureRandom random;
  private final Clock clock;
  private final Aes aes;
  private volatile @Nullable SecretKey key;

  public MasterKey(Database database, SecurityConfig config, SecureRandom random, Clock clock) {
    this.database = database;
    this.path = config.masterKeyFile();
    this.random = random;
    this.clock = clock;
    this.aes = new Aes(random);
  }

  /**
   * Reads the key, or makes it where the database holds nothing sealed yet.
   *
   * @throws IllegalStateException where the file is missing, damaged or of another database; the
   *     message tells what to do
   */
  void start(@Observes @Priority(50) StartupEvent event) {
    key();
  }

  byte[] wrap(String context, byte[] secret) {
    return aes.seal(key(), context.getBytes(StandardCharsets.UTF_8), secret);
  }

  /**
   * @throws IllegalStateException where it was not wrapped by this key for this context
   */
  byte[] unwrap(String context, byte[] wrapped) {
    return Aes.open(key(), context.getBytes(StandardCharsets.UTF_8), wrapped)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The key \"%s\" in the database was altered; restore it from a back-up."
                        .formatted(context)));
  }

  private SecretKey key() {
    SecretKey known = key;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = key;
      if (known == null) {
        known = database.inTransaction(this::open);
        key = known;
      }
      return known;
    }
  }

  private SecretKey open(Handle tx) {
    tx.execute("select pg_advisory_xact_lock(hashtextextended('security.master_key', 0))");
    Optional<byte[]> check =
        tx.createQuery("select wrapped from security.house_key where name = :name")
            .bind("name", CHECK)
            .mapTo(byte[].class)
            .findOne();
    MasterKeyFile file = new MasterKeyFile(path);
    if (check.isPresent()) {
      SecretKey found =
          file.read()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "The master key is missing at %s, but the database holds data sealed under it. Put the file back from your back-up of keys, or name its place in heyblue.security.master-key-file."
                              .formatted(path)));
      if (Aes.open(found, context(), check.get()).isEmpty()) {
        throw new IllegalStateException(
            "The master key in %s is not the one of this database. Put the right file there, or name its place in heyblue.security.master-key-file."
                .formatted(path));
      }
      return found;
    }
    SecretKey first = file.read().orElseGet(() -> file.make(random));
    byte[] anything = new byte[32];
    random.nextBytes(anything);
    tx.createUpdate(
            """
            insert into security.house_key (name, kind, wrapped, made_at)
            values (:name, 'symmetric', :wrapped, :now)
            """)
        .bind("name", CHECK)
        .bind("wrapped", aes.seal(first, context(), anything))
        .bind("now", clock.instant())
        .execute();
    return first;
  }

  private static byte[] context() {
    return CHECK.getBytes(StandardCharsets.UTF_8);
  }
}
