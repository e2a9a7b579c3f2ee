package app.heyblue.security.identity;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.Session;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.tokens.AccessTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Sessions and their refresh tokens. A refresh token is 256 random bits, kept as its SHA-256, good
 * once and for 30 days; using one a second time ends the session, since one of the two was stolen.
 */
@ApplicationScoped
public class Sessions {
  static final Duration REFRESHABLE = Duration.ofDays(30);
  static final String ENDED = "app.heyblue.session.ended.v1";
  private final Database database;
  private final AccessTokens tokens;
  private final EndedSessions ended;
  private final EventLog events;
  private final AuditTrail audit;
  private final IdGenerator ids;
  private final SecureRandom random;
  private final Clock clock;

  Sessions(
      Database database,
      AccessTokens tokens,
      EndedSessions ended,
      EventLog events,
      AuditTrail audit,
      IdGenerator ids,
      SecureRandom random,
      Clock clock) {
    this.database = database;
    this.tokens = tokens;
    this.ended = ended;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  /** The data of {@code app.heyblue.session.ended.v1}. */
  record SessionEnded(UserId userId, UUID sessionId, EndReason reason) {}

  Session open(Handle tx, UserId user, PartyKind kind) {
    Instant now = clock.instant();
    UUID id = ids.next();
    SessionTable.insert(tx, id, user, now, now.plus(REFRESHABLE));
    Caller caller = new Caller(user, kind, id);
    audit.recordBy(tx, caller, "session.opened", id.toString(), Map.of());
    return session(tx, caller, now);
  }

  /**
   * Changes a refresh token for a fresh pair.
   *
   * @throws ProblemException ({@code unauthenticated}) where the token is unknown, used or run out,
   *     or its session ended
   */
  public Session refresh(String refreshToken) {
    byte[] digest = digest(refreshToken);
    Optional<Session> session = database.inTransaction(tx -> refresh(tx, digest));
    return session.orElseThrow(
        () ->
            CommonProblems.UNAUTHENTICATED.raise(
                "This refresh token isn't good any more: each is good once, and for 30 days. Sign"
                    + " in again."));
  }

  private Optional<Session> refresh(Handle tx, byte[] digest) {
    Instant now = clock.instant();
    SessionTable.HeldToken held = SessionTable.hold(tx, digest).orElse(null);
    if (held == null || held.sessionEnded()) {
      return Optional.empty();
    }
    Caller caller = new Caller(held.userId(), held.kind(), held.sessionId());
    if (held.used()) {
      end(tx, held.userId(), held.sessionId(), EndReason.REFRESH_REUSED);
      return Optional.empty();
    }
    if (!now.isBefore(held.expiresAt())) {
      return Optional.empty();
    }
    SessionTable.use(tx, digest, now);
    SessionTable.prolong(tx, held.sessionId(), now.plus(REFRESHABLE));
    audit.recordBy(tx, caller, "session.refreshed", held.sessionId().toString(), Map.of());
    return Optional.of(session(tx, caller, now));
  }

  /** Ends the caller's session at once; nothing happens where it has ended. */
  public void signOut(Caller caller) {
    database.useTransaction(
        tx -> end(tx, caller.userId(), caller.sessionId(), EndReason.SIGNED_OUT));
  }

  void endAll(Handle tx, UserId user, EndReason reason) {
    for (UUID session : SessionTable.openOf(tx, user)) {
      end(tx, user, session, reason);
    }
  }

  /** Ends up to so many sessions that nobody renewed in time; answers how many they were. */
  int expire(int atMost) {
    return database.inTransaction(
        tx -> {
          List<SessionTable.Ended> found = SessionTable.runOut(tx, clock.instant(), atMost);
          found.forEach(
              session -> end(tx, session.userId(), session.sessionId(), EndReason.EXPIRED));
          return found.size();
        });
  }

  private void end(Handle tx, UserId user, UUID session, EndReason reason) {
    Instant now = clock.instant();
    if (!SessionTable.end(tx, session, now, reason)) {
      return;
    }
    events.append(
        tx,
        Stream.USERS,
        new NewEvent(ENDED, user.toString(), new SessionEnded(user, session, reason)));
    audit.record(tx, "session.ended", session.toString(), Map.of("reason", reason.toString()));
    tx.afterCommit(() -> ended.add(session, now));
  }

  private Session session(Handle tx, Caller caller, Instant now) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String refreshToken = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    SessionTable.addToken(tx, digest(refreshToken), caller.sessionId(), now.plus(REFRESHABLE));
    return new Session(
        tokens.issue(caller),
        refreshToken,
        AccessTokens.LIFETIME.toSeconds(),
        caller.userId(),
        caller.kind());
  }

  private static byte[] digest(String refreshToken) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(refreshToken.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
