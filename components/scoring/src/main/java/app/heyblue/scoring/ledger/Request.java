package app.heyblue.scoring.ledger;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Posting;
import java.util.List;
import java.util.function.Predicate;

/**
 * A transaction that somebody asks for, once per key.
 *
 * @param owner whose key it is; {@link app.heyblue.scoring.Scoring#ISSUANCE} for keys that rooms
 *     derive, so that no person can take one before them
 * @param digest of what is asked for, see {@link IdempotentAnswers#digest}
 * @param parties whose accounts it may change
 * @param draft makes the posting unless the key was answered before
 */
record Request(
    UserId owner,
    IdempotencyKey key,
    byte[] digest,
    TransactionKind kind,
    List<UserId> parties,
    Draft draft) {

  /** Makes the posting once the accounts are locked; quick, and without a database. */
  @FunctionalInterface
  interface Draft {
    /**
     * The posting.
     *
     * @param isDelisted whether a party is a charity that has disappeared from the catalog
     * @throws app.heyblue.kernel.ProblemException where it's refused
     */
    Posting posting(Predicate<UserId> isDelisted);
  }

  IdempotentAnswers.Owned owned() {
    return new IdempotentAnswers.Owned(owner, key);
  }
}
