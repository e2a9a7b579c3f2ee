package app.heyblue.onboarding.codes;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.onboarding.postgres.CodeTable;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Codes of six digits that prove that somebody reads an address. Each lives 10 minutes, allows 5
 * wrong tries, opens one thing and is stored as an HMAC. An address is mailed at most 10 an hour
 * for each purpose: 50 guesses, a chance of 1 in 20,000 an hour. What one person asks for ends
 * nobody else's code, so that strangers who know an address keep its reader from nothing.
 */
@ApplicationScoped
public class MailedCodes {
  public static final Duration LIFETIME = Duration.ofMinutes(10);
  public static final int WRONG_TRIES = 5;
  static final int PER_HOUR = 10;
  private static final Duration KEPT = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;
  private final SecureRandom random;
  private final Fingerprints fingerprints;
  private final boolean demo;

  public MailedCodes(
      Database database,
      Clock clock,
      SecureRandom random,
      Fingerprints fingerprints,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.fingerprints = fingerprints;
    this.demo = demo;
  }

  /** A new code. */
  public String next() {
    return "%06d".formatted(random.nextInt(1_000_000));
  }

  /**
   * Checks, before costly work, that an address may be mailed another code of this purpose now;
   * what counts is the check of {@link #keep}. Known and unknown addresses alike; there is no such
   * limit in the demo town, which mails nobody.
   *
   * @throws ProblemException ({@code too-many-requests})
   */
  public void requireBudget(Purpose purpose, byte[] address) {
    database.useTransaction(tx -> requireBudget(tx, purpose, address));
  }

  private void requireBudget(Handle tx, Purpose purpose, byte[] address) {
    if (demo) {
      return;
    }
    Duration hour = Duration.ofHours(1);
    Instant now = clock.instant();
    CodeTable.earliestOf(tx, purpose.text(), address, now.minus(hour), PER_HOUR)
        .ifPresent(
            earliest -> {
              throw new ProblemException(
                  CommonProblems.TOO_MANY_REQUESTS,
                  "This address was mailed "
                      + PER_HOUR
                      + " such codes within an hour. Wait a little.",
                  List.of(),
                  Map.of(),
                  Duration.between(now, earliest.plus(hour)));
            });
  }

  /**
   * {@link #keep(Handle, UUID, UUID, Purpose, byte[], UserId, String)} for what has the code's id.
   */
  public void keep(
      Handle tx,
      UUID id,
      Purpose purpose,
      byte[] address,
      @Nullable UserId user,
      @Nullable String code) {
    keep(tx, id, id, purpose, address, user, code);
  }

  /**
   * Keeps a code for what it opens, in place of an earlier one for the same. Until the transaction
   * ends, nobody else keeps one for this address.
   *
   * @param id the code's own, and its mail's
   * @param opens an application, a device relink or a password reset
   * @param user whose device or password it changes
   * @param code null where nothing must open, because the address isn't one that was asked about;
   *     every try is then as wrong as any
   * @throws ProblemException ({@code too-many-requests})
   */
  public void keep(
      Handle tx,
      UUID id,
      UUID opens,
      Purpose purpose,
      byte[] address,
      @Nullable UserId user,
      @Nullable String code) {
    ApplicationTable.lockAddress(tx, address);
    requireBudget(tx, purpose, address);
    Instant now = clock.instant();
    byte[] digest = new byte[32];
    if (code == null) {
      random.nextBytes(digest);
    } else {
      digest = digest(opens, purpose, code);
    }
    CodeTable.insert(tx, id, opens, purpose.text(), address, user, digest, now, now.plus(LIFETIME));
  }

  /**
   * Tries a code and counts a wrong try; the transaction must commit whatever comes of it.
   *
   * @throws ProblemException ({@code not-found}) where there is nothing of that id
   */
  public CodeCheck check(Handle tx, UUID opens, Purpose purpose, String code) {
    CodeTable.Row row =
        CodeTable.lock(tx, opens, purpose.text())
            .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("No code was mailed for this id."));
    if (row.used()
        || row.wrongTries() >= WRONG_TRIES
        || !clock.instant().isBefore(row.expiresAt())) {
      return new CodeCheck.Expired();
    }
    if (MessageDigest.isEqual(digest(opens, purpose, code.strip()), row.digest().value())) {
      return new CodeCheck.Right(row.user());
    }
    CodeTable.countWrongTry(tx, row.id());
    return new CodeCheck.Wrong(WRONG_TRIES - row.wrongTries() - 1);
  }

  /** What was mailed to open this has served. */
  public void use(Handle tx, UUID opens) {
    CodeTable.use(tx, opens, clock.instant());
  }

  /** Deletes codes that are of no more use, not even for the hourly limit. */
  public void deleteOld(Handle tx) {
    CodeTable.deleteSentBefore(tx, clock.instant().minus(KEPT));
  }

  private byte[] digest(UUID opens, Purpose purpose, String code) {
    return fingerprints.of("codes", purpose.text(), opens.toString(), code);
  }
}
