package app.heyblue.scoring.ledger;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.scoring.Balance;
import app.heyblue.scoring.Hold;
import app.heyblue.scoring.HoldRequest;
import app.heyblue.scoring.HoldStatus;
import app.heyblue.scoring.Holds;
import app.heyblue.scoring.InsufficientPoints;
import app.heyblue.scoring.Receipt;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.HoldTold;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Limits.Bucket;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Party;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Story;
import app.heyblue.scoring.domain.Usage;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.scoring.postgres.HoldTable;
import app.heyblue.scoring.postgres.LimitTable;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Places holds by the rules, and ends them. */
@ApplicationScoped
public class HoldDesk implements Holds {
  private static final Logger LOG = Logger.getLogger(HoldDesk.class);
  private static final int DUE_AT_ONCE = 100;

  private final Ledger ledger;
  private final Rules rules;
  private final Database database;
  private final EventLog events;
  private final Audit audit;
  private final IdGenerator ids;

  public HoldDesk(
      Ledger ledger,
      Rules rules,
      Database database,
      EventLog events,
      Audit audit,
      IdGenerator ids) {
    this.ledger = ledger;
    this.rules = rules;
    this.database = database;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
  }

  @Override
  public Hold place(IdempotencyKey key, HoldRequest request) {
    List<UserId> users = List.of(request.holder(), request.merchant());
    Map<UserId, Party> parties = ledger.require(users);
    Party holder = parties.get(request.holder());
    Party merchant = parties.get(request.merchant());
    if (holder == null || merchant == null || !mayBuy(holder) || !maySell(merchant)) {
      throw ScoringProblems.WRONG_PARTIES.raise(
          "An exchange goes from a civilian, a family or a charity to a merchant.");
    }
    Decided decided = decide(request, holder);
    return ledger
        .once(
            Scoring.ISSUANCE,
            key,
            IdempotentAnswers.digest(request),
            Hold.class,
            tx -> place(tx, request, decided))
        .answer();
  }

  @Override
  public Receipt collect(IdempotencyKey key, UUID holdId) {
    return ledger
        .once(
            Scoring.ISSUANCE,
            key,
            IdempotentAnswers.digest(Map.of("collect", holdId)),
            StoredTransaction.class,
            tx -> collect(tx, holdId))
        .answer()
        .receipt();
  }

  @Override
  public Hold release(IdempotencyKey key, UUID holdId) {
    return ledger
        .once(
            Scoring.ISSUANCE,
            key,
            IdempotentAnswers.digest(Map.of("release", holdId)),
            Hold.class,
            tx -> release(tx, holdId))
        .answer();
  }

  /**
   * Releases the holds whose time is over, each in a transaction of its own; one that can't be
   * released doesn't keep the others.
   */
  public void releaseDue() {
    boolean more = true;
    while (more) {
      List<UUID> due = database.read(tx -> HoldTable.due(tx, ledger.now(), DUE_AT_ONCE));
      boolean released = false;
      for (UUID hold : due) {
        released |= tryToRelease(hold);
      }
      more = released && due.size() == DUE_AT_ONCE;
    }
  }

  private boolean tryToRelease(UUID hold) {
    try {
      database.useTransaction(tx -> releaseIfPlaced(tx, hold));
      return true;
    } catch (RuntimeException e) {
      LOG.warnf(e, "Hold %s is over and can't be released; it will be tried again", hold);
      return false;
    }
  }

  private Hold place(Handle tx, HoldRequest request, Decided decided) {
    decided.requireAllowed();
    long price = decided.outcome("price");
    Account holder =
        ledger.lock(tx, List.of(request.holder(), request.merchant())).get(request.holder());
    if (holder == null || holder.available() < price) {
      throw new InsufficientPoints(price, holder == null ? 0 : holder.available());
    }
    Instant at = ledger.now();
    Hold hold =
        new Hold(
            ids.next(),
            request.holder(),
            request.merchant(),
            price,
            request.until().truncatedTo(ChronoUnit.MICROS),
            HoldStatus.PLACED);
    Limits limits = decided.limits();
    List<Bucket> buckets = limits.buckets(List.of(hold.holder(), hold.merchant()));
    Usage usage = LimitTable.load(tx, List.of(new LimitTable.Want(limits, buckets)));
    usage.count(hold.id(), limits, buckets);
    LimitTable.write(tx, usage);
    HoldTable.insert(tx, hold, decided.grounds(), buckets, at);
    tell(tx, HoldTold.PLACED, hold, AccountTable.hold(tx, hold.holder(), price).balance());
    return hold;
  }

  private StoredTransaction collect(Handle tx, UUID id) {
    HoldTable.Kept kept = find(tx, id);
    Hold hold = kept.hold();
    ledger.lock(tx, List.of(hold.holder(), hold.merchant()));
    if (!ledger.now().isBefore(hold.until()) || !HoldTable.end(tx, id, HoldStatus.COLLECTED)) {
      throw ended(id);
    }
    AccountTable.hold(tx, hold.holder(), -hold.points());
    StoredTransaction exchange = ledger.record(tx, exchange(kept));
    Balance balance = AccountTable.find(tx, hold.holder()).map(Account::balance).orElseThrow();
    tell(tx, HoldTold.COLLECTED, hold, balance);
    return exchange;
  }

  private Hold release(Handle tx, UUID id) {
    if (!releaseIfPlaced(tx, id) && find(tx, id).hold().status() == HoldStatus.COLLECTED) {
      throw ended(id);
    }
    return find(tx, id).hold();
  }

  // Not by way of Ledger.lock: points go back to a holder whatever became of the accounts.
  private boolean releaseIfPlaced(Handle tx, UUID id) {
    HoldTable.Kept kept = find(tx, id);
    Hold hold = kept.hold();
    AccountTable.lock(tx, List.of(hold.holder()));
    if (!HoldTable.end(tx, id, HoldStatus.RELEASED)) {
      return false;
    }
    Account holder = AccountTable.hold(tx, hold.holder(), -hold.points());
    LimitTable.giveBack(tx, id, kept.buckets());
    tell(tx, HoldTold.RELEASED, hold, holder.balance());
    return true;
  }

  private Decided decide(HoldRequest request, Party holder) {
    Instant at = ledger.now();
    Map<String, Object> facts =
        Map.of(
            "buyer", holder.userId().toString(),
            "buyerKind", holder.kind().toString(),
            "merchant", request.merchant().toString(),
            "listPrice", request.listPrice(),
            "quantity", request.quantity(),
            "timeZone", "UTC",
            "at", at);
    return Decided.by(rules, RuleKind.EXCHANGE, facts, at, holder.zone());
  }

  private static Posting exchange(HoldTable.Kept kept) {
    Hold hold = kept.hold();
    return new Posting(
        TransactionKind.EXCHANGE,
        List.of(
            new Movement(hold.holder(), -hold.points()),
            new Movement(hold.merchant(), hold.points())),
        kept.grounds(),
        Limits.NONE, // counted when the hold was placed
        new Story.Exchange(hold.holder(), hold.merchant(), hold.id()));
  }

  private void tell(Handle tx, String type, Hold hold, Balance balance) {
    events.append(
        tx,
        Stream.TRANSACTIONS,
        new NewEvent(type, hold.holder().toString(), HoldTold.of(hold, balance, ledger.now())));
    String verb = type.substring("app.heyblue.".length(), type.length() - ".v1".length());
    audit.record(tx, verb, hold.id().toString(), Map.of());
  }

  private static HoldTable.Kept find(Handle tx, UUID id) {
    return HoldTable.find(tx, id)
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("No hold has this id."));
  }

  private static RuntimeException ended(UUID id) {
    return ScoringProblems.HOLD_ENDED.raise("Hold " + id + " can't be changed any more.");
  }

  private static boolean mayBuy(Party account) {
    return switch (account.kind()) {
      case CIVILIAN, FAMILY, CHARITY -> true;
      case OFFICER, MERCHANT, ADMIN -> false;
    };
  }

  private static boolean maySell(Party account) {
    return account.kind() == PartyKind.MERCHANT;
  }
}
