package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A posting as it goes into the books.
 *
 * @param entries in the order of the posting's movements
 */
public record Written(Posting posting, Content content, List<Entry> entries) {

  /**
   * One side.
   *
   * @param salt of its commitment; null for issuance
   * @param account as it is afterwards; null for issuance, which has no balance and no number
   */
  public record Entry(Movement movement, byte @Nullable [] salt, @Nullable Account account) {
    public UserId userId() {
      return movement.account();
    }
  }

  /** As it's answered. */
  public StoredTransaction stored() {
    return new StoredTransaction(
        content.id(),
        content.kind(),
        entries.stream().map(Written::stored).toList(),
        content.ruleId(),
        content.ruleVersion(),
        posting.grounds().explanation(),
        content.reverses(),
        content.message(),
        content.recordedAt());
  }

  /** As it's told in the stream. */
  public TransactionRecorded told() {
    return TransactionRecorded.of(
        content.id(), posting, entries.stream().map(Written::told).toList(), content.recordedAt());
  }

  private static StoredTransaction.Entry stored(Entry entry) {
    Account account = entry.account();
    return new StoredTransaction.Entry(
        entry.userId(), account == null ? null : account.party().kind(), entry.movement().points());
  }

  private static TransactionRecorded.Entry told(Entry entry) {
    Account account = entry.account();
    return new TransactionRecorded.Entry(
        entry.userId(),
        entry.movement().points(),
        account == null ? null : account.points(),
        account == null ? null : account.available());
  }
}
