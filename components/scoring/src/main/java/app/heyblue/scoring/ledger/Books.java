package app.heyblue.scoring.ledger;

import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.rules.RuleRef;
import app.heyblue.scoring.InsufficientPoints;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.TransactionRecorded;
import app.heyblue.scoring.domain.Usage;
import app.heyblue.scoring.domain.Written;
import app.heyblue.scoring.postgres.EntryTable;
import app.heyblue.scoring.postgres.LimitTable;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The locked part of the books in one database transaction: postings enter one after the other,
 * each finding the accounts and counters as the one before left them. What is refused changes
 * nothing.
 */
final class Books {
  private final Map<UserId, Account> accounts;
  private final Usage usage;
  private final Set<UUID> reversed;
  private final Instant at;
  private final SecureRandom random;
  private final List<Written> entered = new ArrayList<>();
  private final List<NewEvent> told = new ArrayList<>();

  private Books(
      Map<UserId, Account> accounts,
      Usage usage,
      Set<UUID> reversed,
      Instant at,
      SecureRandom random) {
    this.accounts = new HashMap<>(accounts);
    this.usage = usage;
    this.reversed = new HashSet<>(reversed);
    this.at = at;
    this.random = random;
  }

  /**
   * Opens the books for postings, of which some may be refused in the end.
   *
   * @param accounts of all their parties, locked; those that don't exist are missing
   * @param at when they are recorded, to the microsecond
   * @param random makes the entries' salts
   */
  static Books open(
      Handle tx,
      Map<UserId, Account> accounts,
      List<Posting> postings,
      Instant at,
      SecureRandom random) {
    List<UUID> originals = new ArrayList<>();
    List<LimitTable.Want> wants = new ArrayList<>();
    for (Posting posting : postings) {
      UUID original = posting.reverses();
      if (original != null) {
        originals.add(original);
      }
      wants.add(new LimitTable.Want(posting.limits(), posting.limits().buckets(posting.parties())));
    }
    return new Books(
        accounts,
        LimitTable.load(tx, wants),
        originals.isEmpty() ? Set.of() : EntryTable.reversed(tx, originals),
        at,
        random);
  }

  /**
   * Enters a posting.
   *
   * @param traceparent the trace of whoever asks, who may be on another thread
   * @throws app.heyblue.kernel.ProblemException where an account isn't active or can't cover it, a
   *     limit is used up, or the original of a reversal was reversed before
   */
  Written enter(UUID id, Posting posting, @Nullable String traceparent) {
    requireActive(accounts, posting.parties());
    UUID original = posting.reverses();
    if (original != null && reversed.contains(original)) {
      throw ScoringProblems.ALREADY_REVERSED.raise("Transaction " + original + " was reversed.");
    }
    requireCover(posting);
    Limits limits = posting.limits();
    usage.count(id, limits, limits.buckets(posting.parties()));
    List<Written.Entry> entries = posting.movements().stream().map(this::move).toList();
    if (original != null) {
      reversed.add(original);
    }
    Written written = new Written(posting, content(id, posting, entries), entries);
    entered.add(written);
    told.add(
        new NewEvent(
            TransactionRecorded.TYPE,
            posting.firstParty().toString(),
            written.told(),
            traceparent));
    return written;
  }

  /** Writes all that was entered, and tells it. */
  void write(Handle tx, EventLog events) {
    EntryTable.record(tx, entered);
    LimitTable.write(tx, usage);
    events.appendAll(tx, Stream.TRANSACTIONS, told);
    tx.afterCommit(
        () -> entered.forEach(written -> LedgerMeters.recorded(written.posting().kind())));
  }

  /**
   * Refuses unless all of the users have active accounts.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code account-not-active})
   */
  static void requireActive(Map<UserId, Account> accounts, List<UserId> users) {
    for (UserId user : users) {
      Account account = accounts.get(user);
      if (account == null || !account.active()) {
        throw Parties.notActive();
      }
    }
  }

  private void requireCover(Posting posting) {
    for (Movement movement : posting.movements()) {
      Account account = accounts.get(movement.account());
      if (account != null && account.available() + movement.points() < 0) {
        throw new InsufficientPoints(-movement.points(), account.available());
      }
    }
  }

  private Written.Entry move(Movement movement) {
    if (movement.account().equals(Scoring.ISSUANCE)) {
      return new Written.Entry(movement, null, null);
    }
    byte[] salt = new byte[Content.SALT_BYTES];
    random.nextBytes(salt);
    Account after =
        accounts.compute(
            movement.account(),
            (user, account) -> {
              if (account == null) {
                throw new IllegalStateException("not locked: " + user);
              }
              return account.moved(movement.points());
            });
    return new Written.Entry(movement, salt, after);
  }

  private Content content(UUID id, Posting posting, List<Written.Entry> written) {
    List<Content.Entry> entries = new ArrayList<>();
    for (Written.Entry entry : written) {
      entries.add(Content.Entry.of(entry.userId(), entry.salt(), entry.movement().points()));
    }
    @Nullable RuleRef rule = posting.grounds().rule();
    return new Content(
        id,
        posting.kind(),
        at,
        rule == null ? null : rule.ruleId(),
        rule == null ? null : rule.version(),
        posting.reverses(),
        posting.messageSealed(),
        entries);
  }
}
