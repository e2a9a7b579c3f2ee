package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tables {@code security.session} and {@code security.refresh_token}. */
final class SessionTable {
  private SessionTable() {}

  /** A refresh token with its session, both locked until the transaction ends. */
  record HeldToken(
      UUID sessionId,
      UserId userId,
      PartyKind kind,
      Instant expiresAt,
      boolean used,
      boolean sessionEnded) {}

  record Ended(UUID sessionId, UserId userId, Instant at) {}

  static void insert(Handle tx, UUID id, UserId user, Instant startedAt, Instant expiresAt) {
    tx.createUpdate(
            """
            insert into security.session (id, user_id, started_at, expires_at)
            values (:id, :user, :started, :expires)
            """)
        .bind("id", id)
        .bind("user", user.value())
        .bind("started", startedAt)
        .bind("expires", expiresAt)
        .execute();
  }

  static void addToken(Handle tx, byte[] digest, UUID session, Instant expiresAt) {
    tx.createUpdate(
            """
            insert into security.refresh_token (digest, session_id, expires_at)
            values (:digest, :session, :expires)
            """)
        .bind("digest", digest)
        .bind("session", session)
        .bind("expires", expiresAt)
        .execute();
  }

  static Optional<HeldToken> hold(Handle tx, byte[] digest) {
    return tx.createQuery(
            """
            select s.id, s.user_id, i.kind, t.expires_at, t.used_at, s.ended_at
            from security.refresh_token t
            join security.session s on s.id = t.session_id
            join security.identity i on i.user_id = s.user_id
            where t.digest = :digest for update of t, s
            """)
        .bind("digest", digest)
        .map(
            (row, context) ->
                new HeldToken(
                    row.getObject("id", UUID.class),
                    new UserId(row.getObject("user_id", UUID.class)),
                    PartyKind.parse(row.getString("kind")),
                    row.getTimestamp("expires_at").toInstant(),
                    row.getTimestamp("used_at") != null,
                    row.getTimestamp("ended_at") != null))
        .findOne();
  }

  static void use(Handle tx, byte[] digest, Instant at) {
    tx.createUpdate("update security.refresh_token set used_at = :at where digest = :digest")
        .bind("digest", digest)
        .bind("at", at)
        .execute();
  }

  static void prolong(Handle tx, UUID session, Instant expiresAt) {
    tx.createUpdate("update security.session set expires_at = :expires where id = :session")
        .bind("session", session)
        .bind("expires", expiresAt)
        .execute();
  }

  /** Ends an open session; false where it had ended, or never was. */
  static boolean end(Handle tx, UUID session, Instant at, EndReason reason) {
    return tx.createUpdate(
                """
                update security.session set ended_at = :at, reason = :reason
                where id = :session and ended_at is null
                """)
            .bind("session", session)
            .bind("at", at)
            .bind("reason", reason.toString())
            .execute()
        == 1;
  }

  static List<UUID> openOf(Handle tx, UserId user) {
    return tx.createQuery(
            """
            select id from security.session where user_id = :user and ended_at is null
            order by id for update
            """)
        .bind("user", user.value())
        .mapTo(UUID.class)
        .list();
  }

  /** Sessions whose last refresh token has run out; those that another process holds are left. */
  static List<Ended> runOut(Handle tx, Instant now, int atMost) {
    return tx.createQuery(
            """
            select id, user_id, expires_at from security.session
            where ended_at is null and expires_at < :now
            order by expires_at limit :limit for update skip locked
            """)
        .bind("now", now)
        .bind("limit", atMost)
        .map(
            (row, context) ->
                new Ended(
                    row.getObject("id", UUID.class),
                    new UserId(row.getObject("user_id", UUID.class)),
                    row.getTimestamp("expires_at").toInstant()))
        .list();
  }

  static List<Ended> endedSince(Handle tx, Instant since) {
    return tx.createQuery(
            "select id, user_id, ended_at from security.session where ended_at >= :since")
        .bind("since", since)
        .map(
            (row, context) ->
                new Ended(
                    row.getObject("id", UUID.class),
                    new UserId(row.getObject("user_id", UUID.class)),
                    row.getTimestamp("ended_at").toInstant()))
        .list();
  }

  /** Deletes what ended long ago, and the used-up tokens of sessions that go on. */
  static void purge(Handle tx, Instant before) {
    tx.createUpdate("delete from security.session where ended_at < :before")
        .bind("before", before)
        .execute();
    tx.createUpdate("delete from security.refresh_token where expires_at < :before")
        .bind("before", before)
        .execute();
  }
}
