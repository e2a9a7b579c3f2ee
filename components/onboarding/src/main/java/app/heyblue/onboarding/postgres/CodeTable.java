package app.heyblue.onboarding.postgres;

import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.domain.Bytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Mailed codes in {@code onboarding.mailed_code}. */
public final class CodeTable {
  private CodeTable() {}

  /**
   * A code that was mailed.
   *
   * @param id its own
   * @param user whose device or password it changes
   */
  public record Row(
      UUID id,
      @Nullable UserId user,
      Bytes digest,
      Instant expiresAt,
      int wrongTries,
      boolean used) {}

  public static void insert(
      Handle tx,
      UUID id,
      UUID opens,
      String purpose,
      byte[] address,
      @Nullable UserId user,
      byte[] digest,
      Instant now,
      Instant expiresAt) {
    tx.createUpdate(
            """
            insert into onboarding.mailed_code
              (id, opens, purpose, address, user_id, digest, sent_at, expires_at)
            values (:id, :opens, :purpose, :address, :user, :digest, :now, :expiresAt)
            """)
        .bind("id", id)
        .bind("opens", opens)
        .bind("purpose", purpose)
        .bind("address", address)
        .bind("user", user == null ? null : user.value())
        .bind("digest", digest)
        .bind("now", now)
        .bind("expiresAt", expiresAt)
        .execute();
  }

  /** The newest code that was mailed to open something; earlier ones open nothing any more. */
  public static Optional<Row> lock(Handle tx, UUID opens, String purpose) {
    return tx.createQuery(
            """
            select id, user_id, digest, expires_at, wrong_tries, used_at is not null as used
            from onboarding.mailed_code where opens = :opens and purpose = :purpose
            order by sent_at desc, id desc limit 1 for update
            """)
        .bind("opens", opens)
        .bind("purpose", purpose)
        .map(
            (row, context) -> {
              UUID user = row.getObject("user_id", UUID.class);
              return new Row(
                  row.getObject("id", UUID.class),
                  user == null ? null : new UserId(user),
                  new Bytes(row.getBytes("digest")),
                  row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                  row.getInt("wrong_tries"),
                  row.getBoolean("used"));
            })
        .findOne();
  }

  public static void countWrongTry(Handle tx, UUID id) {
    tx.createUpdate(
            "update onboarding.mailed_code set wrong_tries = wrong_tries + 1 where id = :id")
        .bind("id", id)
        .execute();
  }

  /** Nothing that was mailed to open this opens it again. */
  public static void use(Handle tx, UUID opens, Instant now) {
    tx.createUpdate("update onboarding.mailed_code set used_at = :now where opens = :opens")
        .bind("opens", opens)
        .bind("now", now)
        .execute();
  }

  /** When the earliest code of this purpose since a time was mailed, if so many were. */
  public static Optional<Instant> earliestOf(
      Handle tx, String purpose, byte[] address, Instant since, int many) {
    return tx.createQuery(
            """
            select min(sent_at) as earliest from onboarding.mailed_code
            where address = :address and purpose = :purpose and sent_at > :since
            having count(*) >= :many
            """)
        .bind("address", address)
        .bind("purpose", purpose)
        .bind("since", since)
        .bind("many", many)
        .map((row, context) -> row.getObject("earliest", OffsetDateTime.class).toInstant())
        .findOne();
  }

  public static void deleteSentBefore(Handle tx, Instant time) {
    tx.createUpdate("delete from onboarding.mailed_code where sent_at < :time")
        .bind("time", time)
        .execute();
  }
}
