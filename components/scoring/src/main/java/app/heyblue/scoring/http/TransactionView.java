package app.heyblue.scoring.http;

import app.heyblue.scoring.Receipt;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as a viewer may see it.
 *
 * @param reverses the original, of a reversal
 * @param message the giver's words, for the parties
 */
public record TransactionView(
    UUID id,
    TransactionKind kind,
    List<Receipt.Entry> entries,
    @Nullable UUID ruleId,
    @Nullable Integer ruleVersion,
    List<String> explanation,
    Instant recordedAt,
    @Nullable UUID reverses,
    @Nullable String message) {

  static TransactionView of(
      StoredTransaction transaction, Visibility visibility, @Nullable String message) {
    Receipt receipt = transaction.receiptFor(visibility);
    return new TransactionView(
        receipt.id(),
        receipt.kind(),
        receipt.entries(),
        receipt.ruleId(),
        receipt.ruleVersion(),
        receipt.explanation(),
        receipt.recordedAt(),
        transaction.reverses(),
        message);
  }
}
