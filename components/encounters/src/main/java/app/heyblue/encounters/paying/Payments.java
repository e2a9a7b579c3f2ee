package app.heyblue.encounters.paying;

import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.encounters.meeting.Encounter.Pending;
import app.heyblue.encounters.meeting.Encounter.Refused;
import app.heyblue.encounters.meeting.Quotes;
import app.heyblue.encounters.meeting.Refusal;
import app.heyblue.encounters.postgres.Encounters;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.MeetingProof;
import app.heyblue.scoring.Receipt;
import app.heyblue.scoring.Scoring;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Has pending encounters paid and ends them. Several may try the same encounter at once: scoring
 * pays it once, and all of them see the same end.
 */
@ApplicationScoped
public class Payments {
  private static final Logger LOG = Logger.getLogger(Payments.class);

  private final Database database;
  private final Encounters encounters;
  private final Scoring scoring;
  private final Celebrations celebrations;
  private final Audit audit;
  private final Clock clock;

  public Payments(
      Database database,
      Encounters encounters,
      Scoring scoring,
      Celebrations celebrations,
      Audit audit,
      Clock clock) {
    this.database = database;
    this.encounters = encounters;
    this.scoring = scoring;
    this.celebrations = celebrations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Has a recorded meeting paid for the request at hand.
   *
   * @throws ProblemException as scoring refused, ({@code unavailable}) while scoring is, or ({@code
   *     idempotency-key-in-use}) while another request tries it
   */
  public Paid conclude(Encounter encounter) {
    Encounter ended = settleNow(encounter);
    return switch (ended.state()) {
      case Confirmed confirmed ->
          new Paid(ended.id(), confirmed, encounter.state() instanceof Confirmed);
      case Refused refused -> throw refused.refusal().asProblem(clock.instant());
      case Pending pending ->
          throw CommonProblems.IDEMPOTENCY_KEY_IN_USE.raise(
              "This meeting is being tried again. Repeat the request in a moment.");
    };
  }

  private Encounter settleNow(Encounter encounter) {
    try {
      return settle(encounter);
    } catch (ProblemException problem) {
      throw problem;
    } catch (RuntimeException failure) {
      // Without its trace: while the database is away, every meeting comes by here.
      LOG.warnf("Encounter %s stays pending: it couldn't be paid: %s", encounter.id(), failure);
      throw CommonProblems.UNAVAILABLE.raise(
          "Your meeting is recorded but couldn't be paid yet. It will be; repeat the same request,"
              + " with the same Idempotency-Key if it had one, to see.");
    }
  }

  /** The encounter for another try of an earlier request's, if it hasn't ended. */
  public Encounter resume(Encounter encounter) {
    if (!(encounter.state() instanceof Pending)) {
      return encounter;
    }
    return database.inTransaction(
        tx ->
            encounters
                .tryAgain(tx, encounter.id(), clock.instant())
                .orElseGet(() -> reread(tx, encounter)));
  }

  /**
   * The encounter as it ended, now or before.
   *
   * @throws RuntimeException where scoring can't say; the encounter stays pending
   */
  Encounter settle(Encounter encounter) {
    return switch (encounter.state()) {
      case Pending pending -> pay(encounter, pending.attempt());
      case Confirmed confirmed -> encounter;
      case Refused refused -> encounter;
    };
  }

  private Encounter pay(Encounter encounter, int attempt) {
    Receipt receipt;
    try {
      receipt =
          scoring.recordEncounter(
              new IdempotencyKey("encounter:" + encounter.id()),
              new MeetingProof(
                  encounter.civilian(),
                  encounter.officer(),
                  encounter.proof().toString(),
                  encounter.verdict().toString(),
                  encounter.madeAt()));
    } catch (ProblemException problem) {
      if (isRefusal(problem)) {
        return refuse(encounter, attempt, problem);
      }
      throw problem;
    }
    return confirm(encounter, receipt);
  }

  private Encounter confirm(Encounter encounter, Receipt receipt) {
    Confirmed confirmed =
        new Confirmed(
            receipt.id(),
            pointsOf(encounter.civilian(), receipt),
            pointsOf(encounter.officer(), receipt),
            Quotes.of(encounter.id()));
    return database.inTransaction(
        tx -> {
          if (encounters.confirm(tx, encounter.id(), confirmed, clock.instant())) {
            tx.afterCommit(() -> celebrations.celebrate(encounter, confirmed));
            audit.record(
                tx,
                "encounter.confirmed",
                encounter.id().toString(),
                Map.of("transaction", receipt.id().toString()));
          }
          return reread(tx, encounter);
        });
  }

  private Encounter refuse(Encounter encounter, int attempt, ProblemException problem) {
    return database.inTransaction(tx -> refuse(tx, encounter, attempt, problem));
  }

  /** Ends a pending encounter as refused, unless a later try than this is under way. */
  public Encounter refuse(Handle tx, Encounter encounter, int attempt, ProblemException problem) {
    Instant now = clock.instant();
    if (encounters.refuse(tx, encounter.id(), attempt, Refusal.of(problem, now), now)) {
      audit.record(
          tx,
          "encounter.refused",
          encounter.id().toString(),
          Map.of("problem", problem.type().slug()));
    }
    return reread(tx, encounter);
  }

  private Encounter reread(Handle tx, Encounter encounter) {
    return encounters.find(tx, encounter.id()).orElseThrow();
  }

  private static long pointsOf(UserId party, Receipt receipt) {
    return receipt.entries().stream()
        .filter(entry -> party.equals(entry.userId()))
        .mapToLong(Receipt.Entry::points)
        .sum();
  }

  /** Whether it's a final no, and not a moment's trouble such as another try under way. */
  private static boolean isRefusal(ProblemException problem) {
    int status = problem.type().status();
    return status < 500
        && status != CommonProblems.TOO_MANY_REQUESTS.status()
        && !problem.type().equals(CommonProblems.IDEMPOTENCY_KEY_IN_USE)
        && !problem.type().equals(CommonProblems.IDEMPOTENCY_KEY_REUSED);
  }
}
