package app.heyblue.encounters.scanning;

import app.heyblue.encounters.EncounterProblems;
import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Pending;
import app.heyblue.encounters.meeting.Proof;
import app.heyblue.encounters.meeting.Verdict;
import app.heyblue.encounters.paying.Paid;
import app.heyblue.encounters.paying.Payments;
import app.heyblue.encounters.postgres.Encounters;
import app.heyblue.encounters.postgres.Encounters.Sent;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.qr.QrClaim;
import app.heyblue.qr.QrCodes;
import app.heyblue.security.Audit;
import app.heyblue.tracking.Tracking;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A scan in its steps: the token is verified, tracking asked whether the positions of the two
 * contradict it, the encounter recorded as pending with the officer's key, scoring asked to pay it,
 * and the encounter confirmed. A retry with the same key goes on where the first request is or was,
 * even when the code has expired since.
 */
@ApplicationScoped
public class Scans {
  private final Database database;
  private final Encounters encounters;
  private final Payments payments;
  private final QrCodes codes;
  private final Tracking tracking;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;

  public Scans(
      Database database,
      Encounters encounters,
      Payments payments,
      QrCodes codes,
      Tracking tracking,
      Audit audit,
      IdGenerator ids,
      Clock clock) {
    this.database = database;
    this.encounters = encounters;
    this.payments = payments;
    this.codes = codes;
    this.tracking = tracking;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Records an officer's scan and has it paid.
   *
   * @throws ProblemException ({@code qr-invalid}, {@code qr-expired}, {@code code-already-used},
   *     {@code idempotency-key-reused}, {@code positions-contradict}, {@code unavailable} while
   *     scoring is, or as scoring refused)
   */
  public Paid scan(UserId officer, IdempotencyKey key, String token) {
    byte[] digest = IdempotentAnswers.digest(token);
    return payments.conclude(
        database
            .read(tx -> encounters.findSent(tx, officer, key))
            .map(sent -> resume(sent, digest))
            .orElseGet(() -> begin(officer, key, digest, token)));
  }

  private Encounter begin(UserId officer, IdempotencyKey key, byte[] digest, String token) {
    QrClaim claim = codes.verify(token);
    Encounter scan =
        new Encounter(
            ids.next(),
            claim.civilian(),
            officer,
            Proof.QR,
            Verdict.of(tracking.closeness(claim.civilian(), officer)),
            clock.instant(),
            new Pending(1));
    return database
        .inTransaction(tx -> record(tx, scan, claim, key, digest))
        .orElseGet(() -> earlier(officer, key, digest));
  }

  /** Empty, and nothing is recorded, where the code or the key was used before. */
  private Optional<Encounter> record(
      Handle tx, Encounter scan, QrClaim claim, IdempotencyKey key, byte[] digest) {
    if (!encounters.insertScan(tx, scan, claim.tokenId(), key, digest)) {
      return Optional.empty();
    }
    audit.record(tx, "encounter.scanned", scan.id().toString(), Map.of());
    return Optional.of(
        scan.verdict() == Verdict.CONTRADICTED
            ? payments.refuse(tx, scan, 1, contradiction())
            : scan);
  }

  private static ProblemException contradiction() {
    return EncounterProblems.POSITIONS_CONTRADICT.raise(
        "The two devices say that they are in different places. Meet in person, let both phones"
            + " find where they are, and scan a fresh code.");
  }

  private Encounter earlier(UserId officer, IdempotencyKey key, byte[] digest) {
    return database
        .read(tx -> encounters.findSent(tx, officer, key))
        .map(sent -> resume(sent, digest))
        .orElseThrow(
            () ->
                EncounterProblems.CODE_ALREADY_USED.raise(
                    "This code was scanned before. Ask for a fresh one."));
  }

  private Encounter resume(Sent sent, byte[] digest) {
    if (!MessageDigest.isEqual(sent.digest(), digest)) {
      throw CommonProblems.IDEMPOTENCY_KEY_REUSED.raise(
          "This key came with another code before. Use a new key for each scan.");
    }
    return payments.resume(sent.encounter());
  }
}
