package app.heyblue.security.audit;

import app.heyblue.postgres.Database;
import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Chains committed records, each to all before it, and signs the chain's end in the transaction
 * that moves it. Only an end that is signed already is ever built upon: whoever rewrites the chain
 * in the database can't have it signed.
 */
@ApplicationScoped
public class AuditChain {
  private static final int BATCH = 500;
  private final Database database;
  private final HouseKeys keys;
  private final Clock clock;

  /** How far this process has seen the chain; it never gets shorter. */
  private volatile long reached;

  public AuditChain(Database database, HouseKeys keys, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The trail's state.
   *
   * @param records how many there are
   * @param chained how many are on the chain
   * @param pending how many were committed just now and will be
   * @param position how many records the newest head covers
   * @param headHash the chain's hash there, hex
   * @param signature of the head, Ed25519 in base64; null before the first record
   * @param publicKey that checks it, SubjectPublicKeyInfo (RFC 8410) in base64
   * @param sound whether the counts fit together and the chain ends with a head of ours; every
   *     single record is checked by {@code ./heyblue audit verify}
   */
  public record Proof(
      long records,
      long chained,
      long pending,
      long position,
      String headHash,
      @Nullable String signature,
      @Nullable Instant signedAt,
      String publicKey,
      boolean sound) {}

  /** The trail was altered behind the program's back. */
  static final class Altered extends IllegalStateException {
    Altered(String what) {
      super(what);
    }
  }

  /** Chains all that waits. */
  public void catchUp() {
    boolean more = true;
    while (more) {
      more = database.inTransaction(this::step);
    }
  }

  /** Chains what waits, and counts everything. */
  public Proof proof() {
    boolean intact = tryCatchingUp();
    return database.inTransaction(
        tx -> {
          tx.execute("set transaction isolation level repeatable read, read only");
          ChainTable.Counts counts = ChainTable.count(tx);
          Optional<AuditHead> head = ChainTable.newestHead(tx);
          boolean sound =
              intact
                  && counts.records() == counts.chained() + counts.pending()
                  && counts.chained() == head.map(AuditHead::position).orElse(0L);
          return new Proof(
              counts.records(),
              counts.chained(),
              counts.pending(),
              head.map(AuditHead::position).orElse(0L),
              head.map(AuditHead::hash).orElse(AuditHash.GENESIS),
              head.map(AuditHead::signature).orElse(null),
              head.map(AuditHead::signedAt).orElse(null),
              publicKey(),
              sound);
        });
  }

  String publicKey() {
    return Base64.getEncoder().encodeToString(keyPair().getPublic().getEncoded());
  }

  private boolean tryCatchingUp() {
    try {
      catchUp();
      return true;
    } catch (Altered e) {
      return false;
    }
  }

  /** One batch; answers whether there may be more. */
  private boolean step(Handle tx) {
    ChainTable.lock(tx);
    String hash = AuditHash.GENESIS;
    long position = 0;
    Optional<ChainTable.Place> end = ChainTable.end(tx);
    if (end.isPresent()) {
      position = end.get().position();
      hash = end.get().hash();
      requireSigned(end.get(), ChainTable.newestHead(tx));
    }
    if (position < reached) {
      throw new Altered(
          "The audit trail ends at " + position + ", but had come to " + reached + ".");
    }
    List<AuditTable.Row> rows = ChainTable.pending(tx, BATCH);
    if (!rows.isEmpty()) {
      List<ChainTable.Place> places = new ArrayList<>();
      for (AuditTable.Row row : rows) {
        hash = AuditHash.next(hash, row.content());
        places.add(new ChainTable.Place(++position, row.id(), hash));
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      ChainTable.append(tx, places, AuditHead.sign(position, hash, now, keyPair().getPrivate()));
    }
    long now = position;
    tx.afterCommit(() -> reached = now);
    return rows.size() == BATCH;
  }

  private void requireSigned(ChainTable.Place end, Optional<AuditHead> head) {
    boolean ours =
        head.filter(signed -> signed.position() == end.position())
            .filter(signed -> signed.hash().equals(end.hash()))
            .filter(signed -> signed.isSignedBy(keyPair().getPublic()))
            .isPresent();
    if (!ours) {
      throw new Altered(
          "The audit trail's end, position "
              + end.position()
              + ", is not signed by us: it was altered. Run ./heyblue audit verify.");
    }
  }

  private KeyPair keyPair() {
    return keys.ed25519("audit-head");
  }
}
