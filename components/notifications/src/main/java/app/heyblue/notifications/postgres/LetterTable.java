package app.heyblue.notifications.postgres;

import app.heyblue.notifications.Letter;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Letters on their way, and which ids went out, in {@code notifications.letter}. */
public final class LetterTable {
  private LetterTable() {}

  /**
   * A letter that this process may send until its lease ends.
   *
   * @param attempts this one counted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Leased(
      UUID id, String template, String language, byte[] content, int attempts, Instant expiresAt) {}

  /** Queues a letter that is due at once; false where its id is known. */
  public static boolean queue(Handle tx, Letter letter, byte[] content, Instant now) {
    return insert(tx, letter, "queued", content, 0, now, now, null);
  }

  /** Queues a letter that the caller sends now; nobody else does until the lease ends. */
  public static boolean sending(
      Handle tx, Letter letter, byte[] content, Instant now, Duration lease) {
    return insert(tx, letter, "queued", content, 1, now, now.plus(lease), null);
  }

  /** Remembers a letter that went out in this transaction; false where its id is known. */
  public static boolean sent(Handle tx, Letter letter, Instant now) {
    return insert(tx, letter, "sent", null, 1, now, now, now);
  }

  private static boolean insert(
      Handle tx,
      Letter letter,
      String status,
      byte @Nullable [] content,
      int attempts,
      Instant now,
      Instant due,
      @Nullable Instant done) {
    return tx.createUpdate(
                """
                insert into notifications.letter
                  (id, template, language, status, content, attempts, created_at, expires_at,
                   due_at, done_at)
                values (:id, :template, :language, :status, :content, :attempts, :now, :expires,
                   :due, :done)
                on conflict do nothing
                """)
            .bind("id", letter.id())
            .bind("template", letter.template().toString())
            .bind("language", letter.language().toString())
            .bind("status", status)
            .bind("content", content)
            .bind("attempts", attempts)
            .bind("now", now)
            .bind("expires", now.plus(letter.template().matters()))
            .bind("due", due)
            .bind("done", done)
            .execute()
        == 1;
  }

  /** Takes letters whose turn it is; nobody else does until the lease ends. */
  public static List<Leased> lease(Handle tx, Instant now, Duration lease, int limit) {
    return tx.createQuery(
            """
            update notifications.letter set attempts = attempts + 1, due_at = :until
            where id in (
              select id from notifications.letter where status = 'queued' and due_at <= :now
              order by due_at limit :limit for update skip locked)
            returning id, template, language, content, attempts, expires_at
            """)
        .bind("now", now)
        .bind("until", now.plus(lease))
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Leased(
                    row.getObject("id", UUID.class),
                    row.getString("template"),
                    row.getString("language"),
                    row.getBytes("content"),
                    row.getInt("attempts"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** It went out. */
  public static void confirm(Handle tx, UUID id, Instant now) {
    close(tx, id, "sent", null, now);
  }

  /** It doesn't go out any more. */
  public static void giveUp(Handle tx, UUID id, String failure, Instant now) {
    close(tx, id, "givenUp", failure, now);
  }

  private static void close(
      Handle tx, UUID id, String status, @Nullable String failure, Instant now) {
    tx.createUpdate(
            """
            update notifications.letter
            set status = :status, failure = :failure, content = null, done_at = :now
            where id = :id and status = 'queued'
            """)
        .bind("id", id)
        .bind("status", status)
        .bind("failure", failure)
        .bind("now", now)
        .execute();
  }

  /** It doesn't matter any more; the last failure stays, as that is why. */
  public static void expire(Handle tx, UUID id, Instant now) {
    tx.createUpdate(
            """
            update notifications.letter
            set status = 'givenUp', failure = coalesce(failure, 'too-old'), content = null,
              done_at = :now
            where id = :id and status = 'queued'
            """)
        .bind("id", id)
        .bind("now", now)
        .execute();
  }

  /** Its turn comes again. */
  public static void retryAt(Handle tx, UUID id, String failure, Instant due) {
    tx.createUpdate(
            """
            update notifications.letter set failure = :failure, due_at = :due
            where id = :id and status = 'queued'
            """)
        .bind("id", id)
        .bind("failure", failure)
        .bind("due", due)
        .execute();
  }

  /** Gives the id back: nothing was sent, and the caller was told. */
  public static void release(Handle tx, UUID id) {
    tx.createUpdate("delete from notifications.letter where id = :id and status = 'queued'")
        .bind("id", id)
        .execute();
  }

  /**
   * How many letters are where.
   *
   * @param oldest since the oldest of the waiting ones was posted, in seconds
   * @param givenUp as long as letters are remembered
   */
  public record Figures(long waiting, double oldest, long givenUp) {}

  public static Figures figures(Handle tx, Instant now) {
    return tx.createQuery(
            """
            select count(*), coalesce(extract(epoch from :now - min(created_at)), 0),
              (select count(*) from notifications.letter where status = 'givenUp')
            from notifications.letter where status = 'queued'
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Figures(row.getLong(1), Math.max(0, row.getDouble(2)), row.getLong(3)))
        .one();
  }

  /** Forgets what is long through. */
  public static void deleteDoneBefore(Handle tx, Instant time) {
    tx.createUpdate("delete from notifications.letter where done_at < :time")
        .bind("time", time)
        .execute();
  }
}
