package app.heyblue.encounters.asking;

import app.heyblue.encounters.EncounterProblems;
import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Pending;
import app.heyblue.encounters.meeting.Proof;
import app.heyblue.encounters.meeting.Verdict;
import app.heyblue.encounters.paying.Paid;
import app.heyblue.encounters.paying.Payments;
import app.heyblue.encounters.postgres.Encounters;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.tracking.Tracking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * A civilian asks an officer nearby to meet, the officer accepts or refuses. Asking, refusing and
 * running out leave nothing but memory; an acceptance of two who are together is recorded as a scan
 * is, under the request's id, which makes repeating it harmless.
 */
@ApplicationScoped
public class Requests {
  private final OpenRequests open;
  private final AskingBudget budget;
  private final Tracking tracking;
  private final Alerts alerts;
  private final Executor tellers;
  private final Database database;
  private final Encounters encounters;
  private final Payments payments;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;

  @Inject
  Requests(
      OpenRequests open,
      AskingBudget budget,
      Tracking tracking,
      Alerts alerts,
      Database database,
      Encounters encounters,
      Payments payments,
      Audit audit,
      IdGenerator ids,
      Clock clock) {
    this(
        open,
        budget,
        tracking,
        alerts,
        telling -> Thread.ofVirtual().name("heyblue-requests").start(telling),
        database,
        encounters,
        payments,
        audit,
        ids,
        clock);
  }

  /** With a way to run what tells officers. */
  Requests(
      OpenRequests open,
      AskingBudget budget,
      Tracking tracking,
      Alerts alerts,
      Executor tellers,
      Database database,
      Encounters encounters,
      Payments payments,
      Audit audit,
      IdGenerator ids,
      Clock clock) {
    this.open = open;
    this.budget = budget;
    this.tracking = tracking;
    this.alerts = alerts;
    this.tellers = tellers;
    this.database = database;
    this.encounters = encounters;
    this.payments = payments;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Asks an officer.
   *
   * @param officerRef as the nearby list or an alert gave it
   * @throws ProblemException ({@code request-outstanding}, {@code too-many-requests}, {@code
   *     officer-not-near}); none of them says anything about what an officer did
   */
  public Asked ask(UserId civilian, String officerRef) {
    Instant now = clock.instant();
    open.of(civilian, now)
        .ifPresent(
            other -> {
              throw outstanding(other, now);
            });
    Duration wait = budget.take(civilian, now);
    if (wait.isPositive()) {
      throw new ProblemException(
          CommonProblems.TOO_MANY_REQUESTS,
          "You have asked many times. Let officers come to you for a while.",
          List.of(),
          Map.of(),
          wait);
    }
    UserId officer =
        tracking
            .officer(civilian, officerRef)
            .orElseThrow(
                () ->
                    EncounterProblems.OFFICER_NOT_NEAR.raise(
                        "The officer isn't near any more. Look who is."));
    Asked asked = new Asked(ids.next(), civilian, officer, now);
    switch (open.add(asked)) {
      case OpenRequests.Waiting waiting ->
          tell(
              () ->
                  alerts.tell(
                      officer, new Alert.EncounterRequested(asked.id(), asked.expiresAt())));
      case OpenRequests.Ignored ignored -> tell(() -> {});
      case OpenRequests.OneIsOpen(Asked other) -> throw outstanding(other, now);
    }
    return asked;
  }

  /** Beside the answer, so that its time doesn't tell whether an officer was told. */
  private void tell(Runnable telling) {
    tellers.execute(telling);
  }

  private static ProblemException outstanding(Asked other, Instant now) {
    return new ProblemException(
        EncounterProblems.REQUEST_OUTSTANDING,
        "Your last request hasn't run out yet. You can ask again when it has.",
        List.of(),
        Map.of(),
        Duration.between(now, other.expiresAt()));
  }

  /**
   * Accepts a request in its time; repeated, it gets the same answer.
   *
   * @throws ProblemException ({@code not-found}) where no request of this id waits for the officer,
   *     ({@code not-together}), or as {@link Payments#conclude} says
   */
  public Paid accept(UserId officer, UUID id) {
    Encounter meeting =
        open.accept(id, officer, clock.instant())
            .map(this::record)
            .orElseGet(() -> recorded(officer, id));
    return payments.conclude(meeting);
  }

  private Encounter record(Acceptance acceptance) {
    if (!acceptance.isTogether(tracking)) {
      throw EncounterProblems.NOT_TOGETHER.raise(
          "The two of you don't seem to be near each other. Come closer and let them ask again.");
    }
    Asked asked = acceptance.asked();
    Encounter meeting =
        new Encounter(
            asked.id(),
            asked.civilian(),
            asked.officer(),
            Proof.REQUEST,
            Verdict.CONSISTENT,
            acceptance.at(),
            new Pending(1));
    boolean first =
        database.inTransaction(
            tx -> {
              if (!encounters.insertRequest(tx, meeting)) {
                return false;
              }
              audit.record(tx, "encounter.accepted", meeting.id().toString(), Map.of());
              return true;
            });
    open.met(asked.id());
    return first ? meeting : recorded(asked.officer(), asked.id());
  }

  /** What an earlier acceptance of this id came to. */
  private Encounter recorded(UserId officer, UUID id) {
    return database
        .read(tx -> encounters.find(tx, id))
        .filter(one -> one.proof() == Proof.REQUEST && one.officer().equals(officer))
        .map(payments::resume)
        .orElseThrow(Requests::nobodyAsks);
  }

  /**
   * Refuses a request; the asker isn't told. Repeated, it changes nothing.
   *
   * @throws ProblemException ({@code not-found}) where no request of this id waits for the officer
   */
  public void refuse(UserId officer, UUID id) {
    if (!open.refuse(id, officer, clock.instant())) {
      throw nobodyAsks();
    }
  }

  private static ProblemException nobodyAsks() {
    return CommonProblems.NOT_FOUND.raise(
        "No request of this id waits for you. A request lasts 60 seconds; let them ask again.");
  }

  /** The civilian's open request, if there is one. */
  public List<Asked> askedBy(UserId civilian) {
    return open.of(civilian, clock.instant()).stream().toList();
  }

  /** The requests that wait for the officer's yes or no. */
  public List<Asked> waitingFor(UserId officer) {
    return open.waitingFor(officer, clock.instant());
  }
}
