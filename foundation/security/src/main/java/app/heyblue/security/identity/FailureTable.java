package app.heyblue.security.identity;

import app.heyblue.kernel.UserId;
import app.heyblue.security.identity.Backoff.Failures;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The table {@code security.sign_in_attempt}: failures that all processes count together. */
final class FailureTable {
  private FailureTable() {}

  /** The failures of a subject, locked until the transaction ends; a row is made if need be. */
  static Failures hold(Handle tx, byte[] subject, Instant now) {
    return tx.createQuery(
            """
            insert into security.sign_in_attempt (subject, failures, last_at, blocked_until)
            values (:subject, 0, :now, :now)
            on conflict (subject) do update set subject = excluded.subject
            returning failures, last_at, blocked_until
            """)
        .bind("subject", subject)
        .bind("now", now)
        .map(
            (row, context) ->
                row.getTimestamp("last_at").toInstant().isBefore(now.minus(Backoff.FORGOTTEN))
                    ? Failures.none(now)
                    : new Failures(
                        row.getInt("failures"),
                        row.getTimestamp("blocked_until").toInstant(),
                        row.getTimestamp("last_at").toInstant()))
        .one();
  }

  static void put(Handle tx, byte[] subject, Failures failures) {
    tx.createUpdate(
            """
            update security.sign_in_attempt
            set failures = :failures, last_at = :at, blocked_until = :until
            where subject = :subject
            """)
        .bind("subject", subject)
        .bind("failures", failures.count())
        .bind("at", failures.at())
        .bind("until", failures.blockedUntil())
        .execute();
  }

  static void delete(Handle tx, byte[] subject) {
    tx.createUpdate("delete from security.sign_in_attempt where subject = :subject")
        .bind("subject", subject)
        .execute();
  }

  /** Deletes the failures at a party's account: those of its devices, and those of strangers. */
  static void deleteOf(Handle tx, UserId party) {
    tx.createUpdate(
            """
            delete from security.sign_in_attempt where subject in (
              select email_fingerprint from security.identity where user_id = :user
              union all
              select sha256(i.email_fingerprint || d.device_fingerprint)
              from security.identity i join security.known_device d using (user_id)
              where i.user_id = :user)
            """)
        .bind("user", party.value())
        .execute();
  }

  static void purge(Handle tx, Instant before) {
    tx.createUpdate("delete from security.sign_in_attempt where last_at < :before")
        .bind("before", before)
        .execute();
  }
}
