package app.heyblue.encounters.scanning;

import app.heyblue.encounters.EncounterProblems;
import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.encounters.meeting.Encounter.Pending;
import app.heyblue.encounters.meeting.Encounter.Refused;
import app.heyblue.encounters.meeting.Proof;
import app.heyblue.encounters.meeting.Verdict;
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
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A scan in its steps: the token is verified, the encounter recorded as pending with the officer's
 * key, scoring asked to pay it, and the encounter confirmed. A retry with the same key goes on
 * where the first request is or was, even when the code has expired since.
 */
@ApplicationScoped
public class Scans {
  private static final Logger LOG = Logger.getLogger(Scans.class);

  private final Database database;
  private final Encounters encounters;
  private final Payments payments;
  private final QrCodes codes;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;

  public Scans(
      Database database,
      Encounters encounters,
      Payments payments,
      QrCodes codes,
      Audit audit,
      IdGenerator ids,
      Clock clock) {
    this.database = database;
    this.encounters = encounters;
    this.payments = payments;
    this.codes = codes;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A meeting that was paid.
   *
   * @param replayed whether it had been paid before this request came
   */
  public record Answer(UUID encounter, Confirmed confirmed, boolean replayed) {}

  /**
   * Records an officer's scan and has it paid.
   *
   * @throws ProblemException ({@code qr-invalid}, {@code qr-expired}, {@code code-already-used},
   *     {@code idempotency-key-reused}, {@code unavailable} while scoring is, or as scoring
   *     refused)
   */
  public Answer scan(UserId officer, IdempotencyKey key, String token) {
    byte[] digest = IdempotentAnswers.digest(token);
    Encounter encounter =
        database
            .read(tx -> encounters.findSent(tx, officer, key))
            .map(sent -> resume(sent, digest))
            .orElseGet(() -> begin(officer, key, digest, token));
    Encounter ended = settle(encounter);
    return switch (ended.state()) {
      case Confirmed confirmed ->
          new Answer(ended.id(), confirmed, encounter.state() instanceof Confirmed);
      case Refused refused -> throw refused.refusal().asProblem(clock.instant());
      case Pending pending ->
          throw CommonProblems.IDEMPOTENCY_KEY_IN_USE.raise(
              "This scan is being tried again. Repeat the request in a moment.");
    };
  }

  private Encounter begin(UserId officer, IdempotencyKey key, byte[] digest, String token) {
    QrClaim claim = codes.verify(token);
    Encounter scan =
        new Encounter(
            ids.next(),
            claim.civilian(),
            officer,
            Proof.QR,
            Verdict.UNKNOWN,
            clock.instant(),
            new Pending(1));
    Optional<Sent> earlier =
        database.inTransaction(
            tx -> {
              if (encounters.insertScan(tx, scan, claim.tokenId(), key, digest)) {
                audit.record(tx, "encounter.scanned", scan.id().toString(), Map.of());
                return Optional.empty();
              }
              return Optional.of(
                  encounters
                      .findSent(tx, officer, key)
                      .orElseThrow(
                          () ->
                              EncounterProblems.CODE_ALREADY_USED.raise(
                                  "This code was scanned before. Ask for a fresh one.")));
            });
    return earlier.map(sent -> resume(sent, digest)).orElse(scan);
  }

  private Encounter resume(Sent sent, byte[] digest) {
    if (!MessageDigest.isEqual(sent.digest(), digest)) {
      throw CommonProblems.IDEMPOTENCY_KEY_REUSED.raise(
          "This key came with another code before. Use a new key for each scan.");
    }
    Encounter encounter = sent.encounter();
    if (!(encounter.state() instanceof Pending)) {
      return encounter;
    }
    return database.inTransaction(
        tx ->
            encounters
                .tryAgain(tx, encounter.id(), clock.instant())
                .or(() -> encounters.find(tx, encounter.id()))
                .orElseThrow());
  }

  private Encounter settle(Encounter encounter) {
    try {
      return payments.settle(encounter);
    } catch (ProblemException problem) {
      throw problem;
    } catch (RuntimeException failure) {
      // Without its trace: while the database is away, every scan comes by here.
      LOG.warnf("Encounter %s stays pending: it couldn't be paid: %s", encounter.id(), failure);
      throw CommonProblems.UNAVAILABLE.raise(
          "Your scan is recorded but couldn't be paid yet. It will be; repeat the request with the"
              + " same Idempotency-Key to see.");
    }
  }
}
