package app.heyblue.scoring.ledger;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.rules.RuleRef;
import app.heyblue.scoring.InsufficientPoints;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.TransactionRecorded;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.scoring.postgres.EntryTable;
import app.heyblue.scoring.postgres.LimitTable;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The books. A posting comes decided; here, in one database transaction, its key is claimed, its
 * accounts are locked and checked, its limits are counted, its entries, balances, event, audit
 * record and answer are written: all of it or nothing.
 *
 * <p>Locks are taken in one order, accounts by id and then counters by key, so that no two postings
 * wait for each other in a circle.
 */
@ApplicationScoped
public class Ledger {
  private final IdempotentAnswers answers = new IdempotentAnswers("scoring");
  private final Database database;
  private final EventLog events;
  private final Audit audit;
  private final Clock clock;
  private final IdGenerator ids;
  private final SecureRandom random;

  public Ledger(
      Database database,
      EventLog events,
      Audit audit,
      Clock clock,
      IdGenerator ids,
      SecureRandom random) {
    this.database = database;
    this.events = events;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  /**
   * An answer that is given once.
   *
   * @param replayed whether it's the first one again
   */
  public record Once<T>(T answer, boolean replayed) {}

  /**
   * Does the work once per key, or answers what it answered before.
   *
   * @param owner whose key it is; {@link Scoring#ISSUANCE} for keys that rooms derive, so that no
   *     person can take one before them
   */
  public <T> Once<T> once(
      UserId owner, IdempotencyKey key, byte[] digest, Class<T> type, Function<Handle, T> work) {
    return database.inTransaction(
        tx -> {
          Optional<T> earlier = answers.claim(tx, owner, key, digest, type);
          if (earlier.isPresent()) {
            return new Once<>(earlier.get(), true);
          }
          T answer = work.apply(tx);
          answers.keep(tx, owner, key, digest, answer);
          return new Once<>(answer, false);
        });
  }

  /**
   * Writes a posting into the books.
   *
   * @throws app.heyblue.kernel.ProblemException where an account isn't active or can't cover it, a
   *     limit is used up, or the original of a reversal was reversed before; the transaction must
   *     then be rolled back
   */
  public StoredTransaction record(Handle tx, Posting posting) {
    Map<UserId, Account> accounts = lock(tx, posting.parties());
    UUID original = posting.reverses();
    if (original != null && EntryTable.isReversed(tx, original)) {
      throw ScoringProblems.ALREADY_REVERSED.raise("Transaction " + original + " was reversed.");
    }
    requireCover(posting, accounts);
    UUID id = ids.next();
    Instant at = now();
    Limits limits = posting.limits();
    LimitTable.count(tx, id, limits, limits.buckets(posting.parties()));
    List<byte @Nullable []> salts = salts(posting);
    Content content = content(id, at, posting, salts);
    List<TransactionRecorded.Entry> entries = EntryTable.record(tx, posting, content, salts);
    events.append(
        tx,
        Stream.TRANSACTIONS,
        new NewEvent(
            TransactionRecorded.TYPE,
            posting.firstParty().toString(),
            TransactionRecorded.of(id, posting, entries, at)));
    audit.record(
        tx, "transaction.recorded", id.toString(), Map.of("kind", posting.kind().toString()));
    return stored(content, posting, accounts);
  }

  /**
   * Locks accounts and checks that they are all there and active.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code account-not-active})
   */
  Map<UserId, Account> lock(Handle tx, List<UserId> users) {
    Map<UserId, Account> accounts = AccountTable.lock(tx, users);
    if (accounts.size() < users.size() || !accounts.values().stream().allMatch(Account::active)) {
      throw notActive();
    }
    return accounts;
  }

  /** Accounts as they are now, to decide by; all of them exist. */
  Map<UserId, Account> read(List<UserId> users) {
    Map<UserId, Account> accounts = database.read(tx -> AccountTable.read(tx, users));
    if (accounts.size() < users.size()) {
      throw notActive();
    }
    return accounts;
  }

  /** The time as the ledger writes it: PostgreSQL keeps microseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static RuntimeException notActive() {
    return ScoringProblems.ACCOUNT_NOT_ACTIVE.raise(
        "A party of this transaction has no active account. If it joined just now, repeat the"
            + " request in a moment.");
  }

  private static void requireCover(Posting posting, Map<UserId, Account> accounts) {
    for (Movement movement : posting.movements()) {
      Account account = accounts.get(movement.account());
      if (account != null && account.available() + movement.points() < 0) {
        throw new InsufficientPoints(-movement.points(), account.available());
      }
    }
  }

  private List<byte @Nullable []> salts(Posting posting) {
    List<byte @Nullable []> salts = new ArrayList<>();
    for (Movement movement : posting.movements()) {
      if (movement.account().equals(Scoring.ISSUANCE)) {
        salts.add(null);
      } else {
        byte[] salt = new byte[Content.SALT_BYTES];
        random.nextBytes(salt);
        salts.add(salt);
      }
    }
    return salts;
  }

  private static Content content(
      UUID id, Instant at, Posting posting, List<byte @Nullable []> salts) {
    List<Content.Entry> entries = new ArrayList<>();
    for (int i = 0; i < salts.size(); i++) {
      Movement movement = posting.movements().get(i);
      entries.add(Content.Entry.of(movement.account(), salts.get(i), movement.points()));
    }
    RuleRef rule = posting.grounds().rule();
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

  private static StoredTransaction stored(
      Content content, Posting posting, Map<UserId, Account> accounts) {
    return new StoredTransaction(
        content.id(),
        content.kind(),
        posting.movements().stream()
            .map(
                movement -> {
                  Account account = accounts.get(movement.account());
                  return new StoredTransaction.Entry(
                      movement.account(),
                      account == null ? null : account.kind(),
                      movement.points());
                })
            .toList(),
        content.ruleId(),
        content.ruleVersion(),
        posting.grounds().explanation(),
        content.reverses(),
        content.message(),
        content.recordedAt());
  }
}
