package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.TransactionKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decided transaction, ready for the ledger: movements that add up to zero, why, and what it
 * counts in.
 *
 * @param movements in their fixed order; one account appears once, points are at most {@link
 *     #MAX_POINTS} either way
 */
public record Posting(
    TransactionKind kind, List<Movement> movements, Grounds grounds, Limits limits, Story story) {

  /** What JSON numbers carry exactly (RFC 8785, 2⁵³ − 1), so that exports are exact. */
  public static final long MAX_POINTS = 9_007_199_254_740_991L;

  public Posting {
    movements = List.copyOf(movements);
    long sum = 0;
    Set<UserId> accounts = new HashSet<>();
    for (Movement movement : movements) {
      if (Math.abs(movement.points()) > MAX_POINTS || !accounts.add(movement.account())) {
        throw new IllegalArgumentException("not a posting: " + movement);
      }
      sum = Math.addExact(sum, movement.points());
    }
    if (sum != 0 || movements.size() < 2) {
      throw new IllegalArgumentException("the movements don't balance");
    }
  }

  /** The parties whose accounts change; issuance is none. */
  public List<UserId> parties() {
    return movements.stream()
        .map(Movement::account)
        .filter(account -> !account.equals(Scoring.ISSUANCE))
        .toList();
  }

  /** The party under whose id the transaction is told: the civilian, the giver, the buyer. */
  public UserId firstParty() {
    return parties().getFirst();
  }

  /** The transaction that this one reverses. */
  public @Nullable UUID reverses() {
    return story instanceof Story.Reversal(UUID original) ? original : null;
  }

  /** The giver's words, sealed, in base64. */
  public @Nullable String messageSealed() {
    return story instanceof Story.Gift gift ? gift.messageSealed() : null;
  }
}
