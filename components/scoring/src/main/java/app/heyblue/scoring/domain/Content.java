package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.TransactionKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction's hash covers, and what an export shows of it: everything but who the parties
 * are.
 *
 * @param recordedAt to the microsecond
 * @param message the giver's words as ciphertext, base64
 * @param entries in their fixed order
 */
public record Content(
    UUID id,
    TransactionKind kind,
    Instant recordedAt,
    @Nullable UUID ruleId,
    @Nullable Integer ruleVersion,
    @Nullable UUID reverses,
    @Nullable String message,
    List<Entry> entries) {

  /** Stands for the issuance account, the only one in clear. */
  public static final String ISSUANCE = "issuance";

  /** How long an entry's salt is, in bytes. */
  public static final int SALT_BYTES = 16;

  /**
   * One side.
   *
   * @param account the account's commitment, or {@link #ISSUANCE}
   */
  public record Entry(String account, long points) {

    /**
     * An entry whose account nobody can tell or follow: SHA-256 of the id's 16 bytes and the salt
     * of this entry alone.
     */
    public static Entry of(UserId account, byte @Nullable [] salt, long points) {
      if (account.equals(Scoring.ISSUANCE) || salt == null) {
        return new Entry(ISSUANCE, points);
      }
      byte[] id =
          ByteBuffer.allocate(16)
              .putLong(account.value().getMostSignificantBits())
              .putLong(account.value().getLeastSignificantBits())
              .array();
      return new Entry(Sha256.hex(id, salt), points);
    }
  }

  /** SHA-256 of the canonical JSON, in hex. */
  public String hash() {
    return Sha256.hex(Canonical.bytes(this));
  }
}
