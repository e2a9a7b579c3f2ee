package app.heyblue.scoring.ledger;

import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Party;
import app.heyblue.scoring.postgres.AccountTable;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose accounts there are, to decide by before anything is locked. Nothing here changes from one
 * transaction to the next, so it's kept for a minute; balances and whether an account is active are
 * read under the lock only.
 */
final class Parties {
  private static final int KEPT = 20_000;

  private final Database database;
  private final Cache<UserId, Party> known =
      Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(Duration.ofMinutes(1)).build();

  Parties(Database database) {
    this.database = database;
  }

  /** The parties by id; those without an account are missing. */
  Map<UserId, Party> find(List<UserId> users) {
    Map<UserId, Party> found = new HashMap<>(known.getAllPresent(users));
    List<UserId> missing = users.stream().filter(user -> !found.containsKey(user)).toList();
    if (!missing.isEmpty()) {
      for (Account account : database.read(tx -> AccountTable.read(tx, missing)).values()) {
        known.put(account.userId(), account.party());
        found.put(account.userId(), account.party());
      }
    }
    return found;
  }

  static RuntimeException notActive() {
    return ScoringProblems.ACCOUNT_NOT_ACTIVE.raise(
        "A party of this transaction has no active account. If it joined just now, repeat the"
            + " request in a moment.");
  }
}
