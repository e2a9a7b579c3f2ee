package app.heyblue.scoring.domain;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Receipt;
import app.heyblue.scoring.TransactionKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the ledger has it.
 *
 * @param messageSealed the giver's words under the giver's key
 */
public record StoredTransaction(
    UUID id,
    TransactionKind kind,
    List<Entry> entries,
    @Nullable UUID ruleId,
    @Nullable Integer ruleVersion,
    List<String> explanation,
    @Nullable UUID reverses,
    @Nullable String messageSealed,
    Instant recordedAt) {

  /**
   * One side.
   *
   * @param kind null for issuance
   */
  public record Entry(UserId account, @Nullable PartyKind kind, long points) {}

  public boolean isPartiedBy(UserId user) {
    return entries.stream().anyMatch(entry -> entry.account().equals(user));
  }

  /** Who gave, in a donation or giveaway. */
  public UserId giver() {
    return entries.getFirst().account();
  }

  /** The receipt with all ids, for other rooms. */
  public Receipt receipt() {
    return receipt(Entry::account);
  }

  /** The receipt with the ids that the viewer may see. */
  public Receipt receiptFor(Visibility visibility) {
    return receipt(entry -> visibility.show(entry.account(), entry.kind()));
  }

  private Receipt receipt(Function<Entry, @Nullable UserId> shown) {
    return new Receipt(
        id,
        kind,
        entries.stream().map(e -> new Receipt.Entry(shown.apply(e), e.points())).toList(),
        ruleId,
        ruleVersion,
        explanation,
        recordedAt);
  }
}
