package app.heyblue.security.keys;

import app.heyblue.postgres.Database;
import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/** Keys of the house in {@code security.house_key}, each wrapped by the master key. */
@ApplicationScoped
public class WrappedHouseKeys implements HouseKeys {
  private final Database database;
  private final MasterKey master;
  private final SecureRandom random;
  private final Clock clock;
  private final Map<String, byte[]> unwrapped = new ConcurrentHashMap<>();
  private final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();

  public WrappedHouseKeys(Database database, MasterKey master, SecureRandom random, Clock clock) {
    this.database = database;
    this.master = master;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public SecretKey symmetric(String name) {
    return new SecretKeySpec(
        secret(
            name,
            "symmetric",
            () -> {
              byte[] key = new byte[32];
              random.nextBytes(key);
              return key;
            }),
        "AES");
  }

  @Override
  public KeyPair ed25519(String name) {
    return pair(name, "ed25519", "Ed25519");
  }

  @Override
  public KeyPair p256(String name) {
    return pair(name, "ec-p256", "EC");
  }

  /** Makes an EC key pair that stands or falls with the transaction at hand. */
  public void makeP256(Handle tx, String name) {
    insert(tx, name, "ec-p256", encoded(generated("EC")));
  }

  /** Destroys a key that nothing needs any more. */
  public void destroy(Handle tx, String name) {
    tx.createUpdate("delete from security.house_key where name = :name")
        .bind("name", name)
        .execute();
    tx.afterCommit(() -> forget(name));
  }

  private void forget(String name) {
    pairs.remove(name);
    unwrapped.keySet().removeIf(known -> known.endsWith("/" + name));
  }

  private KeyPair pair(String name, String kind, String algorithm) {
    KeyPair known = pairs.get(name);
    if (known != null) {
      return known;
    }
    KeyPair pair = decoded(algorithm, secret(name, kind, () -> encoded(generated(algorithm))));
    pairs.put(name, pair);
    return pair;
  }

  private byte[] secret(String name, String kind, Supplier<byte[]> maker) {
    byte[] known = unwrapped.get(kind + "/" + name);
    if (known != null) {
      return known;
    }
    byte[] secret =
        master
            .unwrap(context(name, kind), () -> Optional.of(stored(name, kind, maker)))
            .orElseThrow();
    unwrapped.put(kind + "/" + name, secret);
    return secret;
  }

  /** On a connection of its own: a key mustn't be lost with a transaction of the caller's. */
  private Wrapped stored(String name, String kind, Supplier<byte[]> maker) {
    try (Handle own = database.open()) {
      return find(own, name, kind)
          .orElseGet(() -> own.inTransaction(tx -> insert(tx, name, kind, maker.get())));
    }
  }

  private static Optional<Wrapped> find(Handle tx, String name, String kind) {
    return tx.createQuery(
            """
            select wrapped, wrapped_by from security.house_key where name = :name and kind = :kind
            """)
        .bind("name", name)
        .bind("kind", kind)
        .map((row, context) -> new Wrapped(row.getBytes(1), row.getString(2)))
        .findOne();
  }

  /** Inserts the key unless another process was first; either way, answers the one that stands. */
  private Wrapped insert(Handle tx, String name, String kind, byte[] secret) {
    Wrapped wrapped = master.wrap(tx, context(name, kind), secret);
    tx.createUpdate(
            """
            insert into security.house_key (name, kind, wrapped, wrapped_by, made_at)
            values (:name, :kind, :wrapped, :by, :now) on conflict (name) do nothing
            """)
        .bind("name", name)
        .bind("kind", kind)
        .bind("wrapped", wrapped.bytes())
        .bind("by", wrapped.by())
        .bind("now", clock.instant())
        .execute();
    return find(tx, name, kind)
        .orElseThrow(
            () -> new IllegalStateException("the key " + name + " exists as another kind of key"));
  }

  static String context(String name, String kind) {
    return "house/" + kind + "/" + name;
  }

  private KeyPair generated(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Length of the public half (2 bytes) | public half (X.509) | private half (PKCS #8). */
  private static byte[] encoded(KeyPair pair) {
    byte[] open = pair.getPublic().getEncoded();
    byte[] secret = pair.getPrivate().getEncoded();
    return ByteBuffer.allocate(2 + open.length + secret.length)
        .putShort((short) open.length)
        .put(open)
        .put(secret)
        .array();
  }

  private static KeyPair decoded(String algorithm, byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    byte[] open = new byte[in.getShort()];
    in.get(open);
    byte[] secret = new byte[in.remaining()];
    in.get(secret);
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm);
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(open)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
