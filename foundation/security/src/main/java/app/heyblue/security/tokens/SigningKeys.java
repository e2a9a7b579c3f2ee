package app.heyblue.security.tokens;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.SecurityConfig;
import app.heyblue.security.keys.WrappedHouseKeys;
import app.heyblue.security.tokens.SigningKeyTable.Row;
import jakarta.inject.Singleton;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The ES256 keys of access tokens and their rotation, by which nobody is signed out: see {@link
 * SigningKeyRing}. What is read from the database here is kept; {@link SigningKeyKeeper} reads it
 * again.
 */
@Singleton
public class SigningKeys {
  private static final String FIRST = "access-tokens";

  /** So soon does a key sign that revokes the others: once every process has heard of it. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private final Database database;
  private final WrappedHouseKeys keys;
  private final SecurityConfig config;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;
  private volatile @Nullable SigningKeyRing ring;
  private volatile Runnable onUnknown = () -> {};

  public SigningKeys(
      Database database,
      WrappedHouseKeys keys,
      SecurityConfig config,
      Audit audit,
      IdGenerator ids,
      Clock clock) {
    this.database = database;
    this.keys = keys;
    this.config = config;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A key as the operator sees it.
   *
   * @param signsFrom when its first signature is made
   * @param retiresAt when it is destroyed; null while none comes after it
   */
  public record Seen(
      String id, Instant publishedAt, Instant signsFrom, @Nullable Instant retiresAt) {}

  /** The keys that are published, in the order in which they sign. */
  public List<Seen> seen() {
    SigningKeyRing current = ring();
    return current.published(clock.instant()).stream()
        .map(
            key ->
                new Seen(
                    key.id(),
                    key.publishedAt(),
                    key.signsFrom(),
                    current.retires(key).orElse(null)))
        .toList();
  }

  /**
   * Publishes a new key, which signs as soon as everybody can know it. Where one is published
   * already that doesn't sign yet, nothing happens.
   *
   * @param revokeEarlier whether nothing that earlier keys signed is accepted from then on, which
   *     makes clients refresh; for a key that somebody else has got hold of
   */
  public void rotate(boolean revokeEarlier) {
    ring();
    database.useTransaction(tx -> rotate(tx, revokeEarlier));
    refresh();
  }

  /** Reads the keys again; makes the next one where it is due, and destroys what is retired. */
  public void refresh() {
    Instant now = clock.instant();
    SigningKeyRing read = load();
    if (isDue(read.keys().getLast().signsFrom(), now) || !read.retired(now).isEmpty()) {
      database.useTransaction(this::tidy);
      read = load();
    }
    ring = read;
  }

  SigningKey signing() {
    return ring().signing(clock.instant());
  }

  List<SigningKey> published() {
    return ring().published(clock.instant());
  }

  /** A key whose signatures are accepted; an unknown one makes the keys be read again soon. */
  Optional<SigningKey> find(String id) {
    Optional<SigningKey> found = ring().find(id, clock.instant());
    if (found.isEmpty()) {
      onUnknown.run();
    }
    return found;
  }

  void onUnknown(Runnable listener) {
    onUnknown = listener;
  }

  private SigningKeyRing ring() {
    SigningKeyRing known = ring;
    if (known == null) {
      known = load();
      ring = known;
    }
    return known;
  }

  private SigningKeyRing load() {
    List<Row> rows = database.read(SigningKeyTable::all);
    if (rows.isEmpty()) {
      keys.p256(FIRST);
      rows = database.inTransaction(this::first);
    }
    return new SigningKeyRing(
        rows.stream()
            .map(
                row ->
                    new SigningKey(
                        row.name(),
                        jwk(keys.p256(row.name())),
                        row.publishedAt(),
                        row.signsFrom(),
                        row.revokesEarlier()))
            .toList());
  }

  private List<Row> first(Handle tx) {
    SigningKeyTable.lock(tx);
    if (SigningKeyTable.all(tx).isEmpty()) {
      Instant now = now();
      SigningKeyTable.insert(tx, new Row(FIRST, now, now, false));
    }
    return SigningKeyTable.all(tx);
  }

  private void rotate(Handle tx, boolean revokeEarlier) {
    SigningKeyTable.lock(tx);
    Instant now = now();
    for (Row row : SigningKeyTable.all(tx)) {
      if (row.signsFrom().isAfter(now)) {
        if (row.revokesEarlier() || !revokeEarlier) {
          return;
        }
        destroy(tx, row.name(), "signingKey.withdrawn");
      }
    }
    Duration wait =
        revokeEarlier ? SOON : SigningKeyRing.KEPT_BY_OTHERS.plus(SigningKeyRing.MARGIN);
    Row made = new Row(FIRST + "/" + ids.next(), now, now.plus(wait), revokeEarlier);
    keys.makeP256(tx, made.name());
    SigningKeyTable.insert(tx, made);
    audit.record(
        tx,
        "signingKey.published",
        made.name(),
        Map.of(
            "signsFrom", made.signsFrom().toString(),
            "revokesEarlier", String.valueOf(revokeEarlier)));
  }

  private void tidy(Handle tx) {
    SigningKeyTable.lock(tx);
    Instant now = clock.instant();
    SigningKeyRing current = load();
    if (isDue(current.keys().getLast().signsFrom(), now)) {
      rotate(tx, false);
    }
    for (SigningKey key : current.retired(now)) {
      destroy(tx, key.name(), "signingKey.retired");
    }
  }

  private void destroy(Handle tx, String name, String action) {
    SigningKeyTable.delete(tx, name);
    keys.destroy(tx, name);
    audit.record(tx, action, name, Map.of());
  }

  private boolean isDue(Instant signsFrom, Instant now) {
    return !signsFrom.plus(Duration.ofDays(Math.max(1, config.signingKeyDays()))).isAfter(now);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static PublicJsonWebKey jwk(KeyPair pair) {
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
      jwk.setPrivateKey(pair.getPrivate());
      jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
      jwk.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      jwk.setUse("sig");
      return jwk;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
