package app.heyblue.scoring.ledger;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.scoring.Balance;
import app.heyblue.scoring.MeetingProof;
import app.heyblue.scoring.Receipt;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Party;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.Story;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.scoring.postgres.EntryTable;
import app.heyblue.scoring.postgres.Housekeeping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Pays encounters by the rules, and tells balances. */
@ApplicationScoped
public class LedgerScoring implements Scoring {
  private final Ledger ledger;
  private final Rules rules;
  private final Database database;

  public LedgerScoring(Ledger ledger, Rules rules, Database database) {
    this.ledger = ledger;
    this.rules = rules;
    this.database = database;
  }

  @Override
  public Receipt recordEncounter(IdempotencyKey key, MeetingProof meeting) {
    List<UserId> users = List.of(meeting.civilian(), meeting.officer());
    Map<UserId, Party> parties = ledger.require(users);
    Party officer = party(parties, meeting.officer(), PartyKind.OFFICER);
    party(parties, meeting.civilian(), PartyKind.CIVILIAN);
    Decided decided = decide(meeting, officer);
    return ledger
        .post(
            new Request(
                ISSUANCE,
                key,
                digest(meeting),
                TransactionKind.ENCOUNTER,
                users,
                isDelisted -> {
                  requireOpenDay(meeting);
                  return posting(meeting, officer, decided);
                }))
        .answer()
        .receipt();
  }

  @Override
  public Balance balance(UserId party) {
    return database.read(
        tx -> {
          if (party.equals(ISSUANCE)) {
            long points = EntryTable.issuanceBalance(tx);
            return new Balance(ISSUANCE, points, 0, points);
          }
          return AccountTable.find(tx, party)
              .map(Account::balance)
              .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("No account has this id."));
        });
  }

  /** Without the time, as before meetings had one: their keys are repeated across releases. */
  private static byte[] digest(MeetingProof meeting) {
    record Untimed(UserId civilian, UserId officer, String proof, String verdict) {}
    return IdempotentAnswers.digest(
        new Untimed(meeting.civilian(), meeting.officer(), meeting.proof(), meeting.verdict()));
  }

  private Decided decide(MeetingProof meeting, Party officer) {
    Instant now = ledger.now();
    Instant at = meeting.at().isAfter(now) ? now : meeting.at();
    Map<String, Object> facts =
        Map.of(
            "civilian", meeting.civilian().toString(),
            "officer", meeting.officer().toString(),
            "proof", meeting.proof(),
            "verdict", meeting.verdict(),
            "officerTimeZone", officer.zone().getId(),
            "agencyZip", officer.areaZip() == null ? "" : officer.areaZip(),
            "at", at);
    return Decided.by(rules, RuleKind.ENCOUNTER, facts, at, officer.zone());
  }

  private void requireOpenDay(MeetingProof meeting) {
    if (meeting.at().isBefore(ledger.passed().minus(Housekeeping.DAYS))) {
      throw ScoringProblems.MEETING_TOO_OLD.raise(
          "The meeting is more than %d days ago: what was paid on its day isn't counted any more."
              .formatted(Housekeeping.DAYS.toDays()));
    }
  }

  private static Posting posting(MeetingProof meeting, Party officer, Decided decided) {
    decided.requireAllowed();
    long forCivilian = decided.outcome("civilianPoints");
    long forOfficer = decided.outcome("officerPoints");
    return new Posting(
        TransactionKind.ENCOUNTER,
        List.of(
            new Movement(ISSUANCE, -Math.addExact(forCivilian, forOfficer)),
            new Movement(meeting.civilian(), forCivilian),
            new Movement(meeting.officer(), forOfficer)),
        decided.grounds(),
        decided.limits(),
        new Story.Encounter(
            meeting.civilian(),
            meeting.officer(),
            meeting.proof(),
            meeting.verdict(),
            officer.areaZip()));
  }

  private static Party party(Map<UserId, Party> parties, UserId id, PartyKind kind) {
    Party account = parties.get(id);
    if (account == null || account.kind() != kind) {
      throw ScoringProblems.WRONG_PARTIES.raise(
          "An encounter is paid to a civilian and an officer.");
    }
    return account;
  }
}
