package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables {@code security.session} and {@code security.refresh_token}. */
final class SessionTable {
  private SessionTable() {}

  /** A refresh token with its session, both locked until the transaction ends. */
  record HeldToken(
      UUID sessionId,
      UserId userId,
      PartyKind kind,
      Instant startedAt,
      Instant expiresAt,
      boolean used,
      boolean sessionEnded) {}

  /** A session that began at another issuer. */
  record Foreign(UUID id, UserId userId, boolean ended) {}

  record Ended(UUID sessionId, UserId userId, Instant at) {}

  static void insert(
      Handle tx, UUID id, UserId user, byte[] device, Instant startedAt, Instant expiresAt) {
    tx.createUpdate(
            """
            insert into security.session
              (id, user_id, device_fingerprint, started_at, last_used_at, expires_at)
            values (:id, :user, :device, :started, :started, :expires)
            """)
        .bind("id", id)
        .bind("user", user.value())
        .bind("device", device)
        .bind("started", startedAt)
        .bind("expires", expiresAt)
        .execute();
  }

  /** Takes in that a session of another issuer goes on; where there is none, it begins as this. */
  static Foreign holdForeign(
      Handle tx,
      UUID fresh,
      UserId user,
      String issuer,
      byte[] foreignSession,
      byte @Nullable [] device,
      Instant now,
      Instant until) {
    return tx.createQuery(
            """
            insert into security.session as s
              (id, user_id, foreign_issuer, foreign_session, device_fingerprint, started_at,
               last_used_at, expires_at)
            values (:id, :user, :issuer, :foreign, :device, :now, :now, :until)
            on conflict (foreign_session) do update set
              last_used_at = greatest(s.last_used_at, excluded.last_used_at),
              expires_at = greatest(s.expires_at, excluded.expires_at)
            returning id, user_id, ended_at is not null as ended
            """)
        .bind("id", fresh)
        .bind("user", user.value())
        .bind("issuer", issuer)
        .bind("foreign", foreignSession)
        .bind("device", device)
        .bind("now", now)
        .bind("until", until)
        .map(
            (row, context) ->
                new Foreign(
                    row.getObject("id", UUID.class),
                    new UserId(row.getObject("user_id", UUID.class)),
                    row.getBoolean("ended")))
        .one();
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
            select s.id, s.user_id, i.kind, s.started_at, t.expires_at, t.used_at, s.ended_at
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
                    row.getTimestamp("started_at").toInstant(),
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

  static void prolong(Handle tx, UUID session, Instant now, Instant expiresAt) {
    tx.createUpdate(
            """
            update security.session set last_used_at = :now, expires_at = :expires
            where id = :session
            """)
        .bind("session", session)
        .bind("now", now)
        .bind("expires", expiresAt)
        .execute();
  }

  /** Keeps a session open until the transaction ends; false where it has ended, or never was. */
  static boolean share(Handle tx, UUID session) {
    return tx.createQuery(
            """
            select true from security.session where id = :session and ended_at is null
            for share
            """)
        .bind("session", session)
        .mapTo(Boolean.class)
        .findOne()
        .isPresent();
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

  /** The open sessions that a party began at an issuer. */
  static List<UUID> openOf(Handle tx, UserId user, String issuer) {
    return tx.createQuery(
            """
            select id from security.session
            where user_id = :user and ended_at is null and foreign_issuer = :issuer
            order by id for update
            """)
        .bind("user", user.value())
        .bind("issuer", issuer)
        .mapTo(UUID.class)
        .list();
  }

  /** The open sessions of a party but for the newest ones. */
  static List<UUID> beyond(Handle tx, UserId user, int newest) {
    return tx.createQuery(
            """
            select id from security.session where user_id = :user and ended_at is null
            order by id desc offset :newest for update
            """)
        .bind("user", user.value())
        .bind("newest", newest)
        .mapTo(UUID.class)
        .list();
  }

  /** The open sessions of a party, the newest first. */
  static List<OpenSession> find(
      Handle tx, UserId user, UUID current, Optional<UUID> before, int atMost) {
    return tx.createQuery(
            """
            select id, device_fingerprint, started_at, last_used_at from security.session
            where user_id = :user and ended_at is null
              and (:before::uuid is null or id < :before::uuid)
            order by id desc limit :limit
            """)
        .bind("user", user.value())
        .bind("before", before.orElse(null))
        .bind("limit", atMost)
        .map(
            (row, context) ->
                new OpenSession(
                    row.getObject("id", UUID.class),
                    mark(row.getBytes("device_fingerprint")),
                    row.getTimestamp("started_at").toInstant(),
                    row.getTimestamp("last_used_at").toInstant(),
                    current.equals(row.getObject("id", UUID.class))))
        .list();
  }

  /** Enough to tell one's own devices apart, and nothing to sign in with. */
  private static @Nullable String mark(byte @Nullable [] deviceFingerprint) {
    return deviceFingerprint == null ? null : HexFormat.of().formatHex(deviceFingerprint, 0, 4);
  }

  /** Whose open session it is, locked until the transaction ends. */
  static Optional<UserId> ownerOfOpen(Handle tx, UUID session) {
    return tx.createQuery(
            """
            select user_id from security.session where id = :session and ended_at is null
            for update
            """)
        .bind("session", session)
        .mapTo(UUID.class)
        .findOne()
        .map(UserId::new);
  }

  /** Sessions that nobody renewed in time; those that another process holds are left. */
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

  /**
   * Deletes what ended long ago, and the used-up tokens of sessions that go on. A session of
   * another issuer that somebody ended must be known for as long as that issuer goes on with it.
   *
   * @param foreignBefore when the last of its tokens that we saw must have run out
   */
  static void purge(Handle tx, Instant before, Instant foreignBefore) {
    tx.createUpdate(
            """
            delete from security.session
            where ended_at < :before
              and (foreign_session is null or reason = 'expired' or expires_at < :foreign)
            """)
        .bind("before", before)
        .bind("foreign", foreignBefore)
        .execute();
    tx.createUpdate("delete from security.refresh_token where expires_at < :before")
        .bind("before", before)
        .execute();
  }
}
