package app.heyblue.security.identity;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Slows guessing down: from the {@value #FREE}th failure of one address on, each doubles the wait
 * before the next attempt, from a second to a minute; nobody is locked out. Addresses without an
 * account are counted alike. An hour without an attempt, or a success, starts anew.
 */
@ApplicationScoped
class SignInAttempts {
  static final int FREE = 10;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private final Database database;
  private final Clock clock;

  SignInAttempts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts an attempt as failed before its password is checked, so that attempts at once can't pass
   * together.
   *
   * @throws ProblemException ({@code too-many-requests}) while the address has to wait
   */
  void begin(byte[] emailFingerprint) {
    Instant now = clock.instant();
    database.useTransaction(
        tx -> {
          if (!count(tx, emailFingerprint, now)) {
            throw tooMany(Duration.between(now, blockedUntil(tx, emailFingerprint, now)));
          }
        });
  }

  void succeeded(Handle tx, byte[] emailFingerprint) {
    tx.createUpdate("delete from security.sign_in_attempt where email_fingerprint = :email")
        .bind("email", emailFingerprint)
        .execute();
  }

  void forget(Handle tx, UserId party) {
    tx.createUpdate(
            """
            delete from security.sign_in_attempt where email_fingerprint =
              (select email_fingerprint from security.identity where user_id = :user)
            """)
        .bind("user", party.value())
        .execute();
  }

  void purge(Handle tx) {
    tx.createUpdate("delete from security.sign_in_attempt where last_at < :before")
        .bind("before", clock.instant().minus(FORGOTTEN))
        .execute();
  }

  private static boolean count(Handle tx, byte[] email, Instant now) {
    return tx.createUpdate(
                """
                insert into security.sign_in_attempt as attempt
                  (email_fingerprint, failures, last_at, blocked_until)
                values (:email, 1, :now, :now)
                on conflict (email_fingerprint) do update set
                  failures = least(attempt.failures, 1000000) + 1,
                  last_at = excluded.last_at,
                  blocked_until = excluded.last_at + make_interval(secs =>
                    case when attempt.failures + 1 < :free then 0
                    else least(:longest, power(2, least(attempt.failures + 1 - :free, 20))) end)
                where attempt.blocked_until <= excluded.last_at
                """)
            .bind("email", email)
            .bind("now", now)
            .bind("free", FREE)
            .bind("longest", LONGEST.toSeconds())
            .execute()
        == 1;
  }

  private static Instant blockedUntil(Handle tx, byte[] email, Instant now) {
    return tx.createQuery(
            """
            select blocked_until from security.sign_in_attempt where email_fingerprint = :email
            """)
        .bind("email", email)
        .mapTo(Instant.class)
        .findOne()
        .orElse(now);
  }

  private static ProblemException tooMany(Duration wait) {
    return new ProblemException(
        CommonProblems.TOO_MANY_REQUESTS,
        "Too many failed attempts with this address. Wait as long as `Retry-After` says, or set"
            + " another password by POST /api/v1/password-resets.",
        List.of(),
        Map.of(),
        wait);
  }
}
