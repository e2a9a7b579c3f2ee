package app.heyblue.scoring.ledger;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.TraceContext;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.postgres.IdempotentAnswers.Earlier;
import app.heyblue.postgres.IdempotentAnswers.Kept;
import app.heyblue.postgres.IdempotentAnswers.Owned;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Party;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Written;
import app.heyblue.scoring.ledger.GroupCommit.Outcome;
import app.heyblue.scoring.ledger.GroupCommit.Outcome.Done;
import app.heyblue.scoring.ledger.GroupCommit.Outcome.Refused;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.scoring.postgres.ListingTable;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The books. A posting comes decided; here, in one database transaction, its accounts are locked,
 * its key is looked up, its limits are counted, its entries, balances, event, audit record and
 * answer are written: all of it or nothing. Requests that wait at the same time share that
 * transaction, each with an outcome of its own; all are answered after the commit.
 *
 * <p>Locks are taken in one order, accounts by id and then counters by key, so that no two postings
 * wait for each other in a circle.
 */
@ApplicationScoped
public class Ledger {
  private static final String RECORDED = "transaction.recorded";

  private final IdempotentAnswers answers = new IdempotentAnswers("scoring");
  private final GroupCommit<Asked, Once<StoredTransaction>> group =
      new GroupCommit<>(this::together);
  private final Database database;
  private final Parties parties;
  private final EventLog events;
  private final Audit audit;
  private final Clock clock;
  private final PassedTime passed;
  private final IdGenerator ids;
  private final SecureRandom random;

  @Inject
  public Ledger(
      Database database,
      EventLog events,
      Audit audit,
      Clock clock,
      IdGenerator ids,
      SecureRandom random) {
    this(database, events, audit, clock, ids, random, System::nanoTime);
  }

  /** With a stopwatch of one's own, in nanoseconds. */
  public Ledger(
      Database database,
      EventLog events,
      Audit audit,
      Clock clock,
      IdGenerator ids,
      SecureRandom random,
      LongSupplier nanos) {
    this.database = database;
    this.parties = new Parties(database);
    this.events = events;
    this.audit = audit;
    this.clock = clock;
    this.passed = new PassedTime(clock, nanos);
    this.ids = ids;
    this.random = random;
  }

  /**
   * An answer that is given once.
   *
   * @param replayed whether it's the first one again
   */
  public record Once<T>(T answer, boolean replayed) {}

  /** A request with what its thread knows: the id that it will have, who asks, and its trace. */
  private record Asked(Request request, UUID id, Audit.Note note, @Nullable String traceparent) {}

  /**
   * Has a transaction recorded once per key, together with those that others ask for meanwhile, or
   * answers what was answered before.
   *
   * @throws ProblemException where it's refused, also as {@link #record} does; the others go on
   * @throws IllegalStateException inside a transaction, at whose commit others would be answered
   *     too early
   */
  Once<StoredTransaction> post(Request request) {
    database.requireNoTransaction();
    UUID id = ids.next();
    Audit.Note note = audit.note(RECORDED, id.toString(), kind(request.kind()));
    return group.submit(new Asked(request, id, note, TraceContext.current()));
  }

  /** Does other work once per key, or answers what it answered before. */
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
   * Writes a posting into the books, in a transaction at hand.
   *
   * @throws ProblemException where an account isn't active or can't cover it, a limit is used up,
   *     or the original of a reversal was reversed before; the transaction must then be rolled back
   */
  public StoredTransaction record(Handle tx, Posting posting) {
    Map<UserId, Account> accounts = AccountTable.lock(tx, posting.parties());
    Books books = Books.open(tx, accounts, List.of(posting), now(), random);
    Written written = books.enter(ids.next(), posting, TraceContext.current());
    books.write(tx, events);
    String id = written.content().id().toString();
    audit.record(tx, RECORDED, id, kind(posting.kind()));
    return written.stored();
  }

  /**
   * Locks accounts and checks that they are all there and active.
   *
   * @throws ProblemException ({@code account-not-active})
   */
  Map<UserId, Account> lock(Handle tx, List<UserId> users) {
    Map<UserId, Account> accounts = AccountTable.lock(tx, users);
    Books.requireActive(accounts, users);
    return accounts;
  }

  /** Whose accounts these are, to decide by; those without one are missing. */
  Map<UserId, Party> find(List<UserId> users) {
    return parties.find(users);
  }

  /**
   * {@link #find} where all of them have to have an account.
   *
   * @throws ProblemException ({@code account-not-active})
   */
  Map<UserId, Party> require(List<UserId> users) {
    Map<UserId, Party> found = parties.find(users);
    if (found.size() < users.size()) {
      throw Parties.notActive();
    }
    return found;
  }

  /** The time as the ledger writes it: PostgreSQL keeps microseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The time by which to judge how old something is, see {@link PassedTime}. */
  Instant passed() {
    return passed.now();
  }

  /** Where a group fails as one, each is tried by itself, so that none fails for another's sake. */
  private List<Outcome<Once<StoredTransaction>>> together(List<Asked> asked) {
    try {
      return database.inTransaction(tx -> commit(tx, asked));
    } catch (RuntimeException e) {
      List<Outcome<Once<StoredTransaction>>> outcomes = new ArrayList<>();
      RuntimeException away = database.isAnswering() ? null : e;
      for (Asked one : asked) {
        Outcome<Once<StoredTransaction>> outcome = away == null ? alone(one) : new Refused<>(away);
        outcomes.add(outcome);
        if (away == null
            && outcome instanceof Refused<Once<StoredTransaction>>(RuntimeException reason)
            && !(reason instanceof ProblemException)
            && !database.isAnswering()) {
          away = reason; // the others needn't find out one after the other
        }
      }
      return outcomes;
    }
  }

  /** A key that another process answered at the same moment is found here. */
  private Outcome<Once<StoredTransaction>> alone(Asked asked) {
    try {
      return database.inTransaction(tx -> commit(tx, List.of(asked))).getFirst();
    } catch (RuntimeException e) {
      return new Refused<>(e);
    }
  }

  private List<Outcome<Once<StoredTransaction>>> commit(Handle tx, List<Asked> asked) {
    Set<UserId> users = new HashSet<>();
    asked.forEach(one -> users.addAll(one.request().parties()));
    Map<UserId, Account> accounts = AccountTable.lock(tx, users);
    // Only now: whoever repeats a request waits for the accounts that the first one has locked.
    Map<Owned, Earlier> earlier =
        answers.find(tx, asked.stream().map(one -> one.request().owned()).distinct().toList());
    List<Drafted> drafts = drafts(asked, ListingTable.delisted(tx, users));
    List<Posting> postings =
        drafts.stream().map(Drafted::posting).filter(Objects::nonNull).toList();
    Books books = Books.open(tx, accounts, postings, now(), random);
    Map<Owned, Kept> kept = new LinkedHashMap<>();
    List<Audit.Note> notes = new ArrayList<>();
    List<Outcome<Once<StoredTransaction>>> outcomes = new ArrayList<>();
    for (Drafted draft : drafts) {
      Request request = draft.asked().request();
      try {
        Optional<StoredTransaction> before =
            before(request, earlier.get(request.owned()), kept.get(request.owned()));
        if (before.isPresent()) {
          outcomes.add(new Done<>(new Once<>(before.get(), true)));
        } else {
          Asked one = draft.asked();
          StoredTransaction answer =
              books.enter(one.id(), draft.orThrow(), one.traceparent()).stored();
          kept.put(
              request.owned(), new Kept(request.owner(), request.key(), request.digest(), answer));
          notes.add(draft.asked().note());
          outcomes.add(new Done<>(new Once<>(answer, false)));
        }
      } catch (ProblemException e) {
        outcomes.add(new Refused<>(e));
      }
    }
    if (!kept.isEmpty()) {
      books.write(tx, events);
      audit.recordAll(tx, notes);
      answers.keepAll(tx, List.copyOf(kept.values()));
    }
    return outcomes;
  }

  /** What a request comes to, before its key is looked at: a posting or a refusal. */
  private record Drafted(
      Asked asked, @Nullable Posting posting, @Nullable ProblemException refusal) {
    Posting orThrow() {
      if (posting == null) {
        throw Objects.requireNonNull(refusal);
      }
      return posting;
    }
  }

  private static List<Drafted> drafts(List<Asked> asked, Set<UserId> delisted) {
    List<Drafted> drafts = new ArrayList<>();
    for (Asked one : asked) {
      try {
        drafts.add(new Drafted(one, one.request().draft().posting(delisted::contains), null));
      } catch (ProblemException e) {
        drafts.add(new Drafted(one, null, e));
      }
    }
    return drafts;
  }

  private static Optional<StoredTransaction> before(
      Request request, @Nullable Earlier earlier, @Nullable Kept inThisGroup) {
    if (earlier != null) {
      return Optional.of(earlier.to(request.digest(), StoredTransaction.class));
    }
    return Optional.ofNullable(inThisGroup)
        .map(kept -> (StoredTransaction) kept.to(request.digest()));
  }

  private static Map<String, String> kind(TransactionKind kind) {
    return Map.of("kind", kind.toString());
  }
}
