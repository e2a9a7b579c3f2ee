package app.heyblue.scoring.ledger;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Grounds;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Story;
import app.heyblue.scoring.postgres.TransactionReads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Undoes a transaction by its exact opposite; both stay in the books. */
@ApplicationScoped
public class Reversals {
  private final Ledger ledger;

  public Reversals(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Reverses, once per key of the admin and once per transaction.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code not-reversible}, {@code
   *     already-reversed}, {@code insufficient-points} where the points are spent, {@code
   *     account-not-active} where a party has left)
   */
  public Ledger.Once<StoredTransaction> reverse(UserId admin, IdempotencyKey key, UUID id) {
    return ledger.once(
        admin,
        key,
        IdempotentAnswers.digest(Map.of("reverses", id)),
        StoredTransaction.class,
        tx -> {
          StoredTransaction original =
              TransactionReads.find(tx, id)
                  .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("No transaction has this id."));
          if (!isReversible(original.kind())) {
            throw ScoringProblems.NOT_REVERSIBLE.raise(
                "A " + original.kind() + " is final and can't be reversed.");
          }
          return ledger.record(tx, opposite(original));
        });
  }

  private static boolean isReversible(TransactionKind kind) {
    return switch (kind) {
      case ENCOUNTER, DONATION, GIVEAWAY, EXCHANGE -> true;
      case FORFEITURE, REVERSAL -> false;
    };
  }

  private static Posting opposite(StoredTransaction original) {
    return new Posting(
        TransactionKind.REVERSAL,
        original.entries().stream().map(e -> new Movement(e.account(), -e.points())).toList(),
        Grounds.because("An admin reversed transaction " + original.id() + "."),
        Limits.NONE,
        new Story.Reversal(original.id()));
  }
}
