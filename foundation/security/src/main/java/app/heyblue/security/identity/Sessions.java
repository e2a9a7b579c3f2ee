package app.heyblue.security.identity;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.Session;
import app.heyblue.security.SessionHold;
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
 * After 180 days a session ends whatever it does. A party has {@value #MOST} at most; a further one
 * ends the oldest.
 */
@ApplicationScoped
public class Sessions implements SessionHold {
  static final Duration REFRESHABLE = Duration.ofDays(30);
  static final Duration LONGEST = Duration.ofDays(180);
  static final int MOST = 100;
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

  Session open(Handle tx, UserId user, PartyKind kind, byte[] device) {
    Instant now = clock.instant();
    UUID id = ids.next();
    Instant until = now.plus(REFRESHABLE);
    SessionTable.insert(tx, id, user, device, now, until);
    Caller caller = new Caller(user, kind, id);
    audit.recordBy(tx, caller, "session.opened", id.toString(), Map.of());
    return session(tx, caller, until);
  }

  /**
   * Goes on with a session that began at another issuer, or opens it; empty where it has ended
   * here. It has no refresh tokens of ours.
   *
   * @param foreignSession names it among all sessions of all issuers
   * @param until when it ends unless another token of it comes
   */
  public Optional<Caller> openForeign(
      Handle tx,
      UserId user,
      PartyKind kind,
      String issuer,
      byte[] foreignSession,
      Optional<byte[]> device,
      Instant until) {
    Instant now = clock.instant();
    UUID fresh = ids.next();
    SessionTable.Foreign session =
        SessionTable.holdForeign(
            tx, fresh, user, issuer, foreignSession, device.orElse(null), now, until);
    if (session.ended() || !session.userId().equals(user)) {
      return Optional.empty();
    }
    Caller caller = new Caller(user, kind, session.id());
    if (session.id().equals(fresh)) {
      audit.recordBy(tx, caller, "session.opened", fresh.toString(), Map.of());
    }
    return Optional.of(caller);
  }

  /** Ends what a party began at another issuer, whose link with it the operator replaces. */
  public void endForeign(Handle tx, UserId user, String issuer) {
    for (UUID session : SessionTable.openOf(tx, user, issuer)) {
      end(tx, user, session, EndReason.ENDED_BY_ADMIN);
    }
  }

  /** Ends the oldest sessions of a party beyond those that it may have beside a new one. */
  void makeRoom(Handle tx, UserId user) {
    for (UUID oldest : SessionTable.beyond(tx, user, MOST - 1)) {
      end(tx, user, oldest, EndReason.TOO_MANY);
    }
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
    Instant last = held.startedAt().plus(LONGEST);
    Instant until = now.plus(REFRESHABLE);
    until = until.isBefore(last) ? until : last;
    SessionTable.use(tx, digest, now);
    SessionTable.prolong(tx, held.sessionId(), now, until);
    audit.recordBy(tx, caller, "session.refreshed", held.sessionId().toString(), Map.of());
    return Optional.of(session(tx, caller, until));
  }

  @Override
  public boolean goesOn(Handle tx, Caller caller) {
    return SessionTable.share(tx, caller.sessionId());
  }

  /** Ends the caller's session at once; nothing happens where it has ended. */
  public void signOut(Caller caller) {
    database.useTransaction(
        tx -> end(tx, caller.userId(), caller.sessionId(), EndReason.SIGNED_OUT));
  }

  /** The caller's sessions that go on, the newest first. */
  public Page<OpenSession> list(Caller caller, PageRequest page) {
    return Page.from(
        database.read(
            tx ->
                SessionTable.find(
                    tx, caller.userId(), caller.sessionId(), page.placeAsId(), page.limit() + 1)),
        page,
        session -> session.id().toString());
  }

  /**
   * Ends one of the caller's sessions at once.
   *
   * @throws ProblemException ({@code not-found}) where no open session of the caller's has this id
   */
  public void end(Caller caller, UUID session) {
    database.useTransaction(
        tx -> {
          boolean own =
              SessionTable.ownerOfOpen(tx, session).filter(caller.userId()::equals).isPresent();
          if (!own) {
            throw CommonProblems.NOT_FOUND.raise("No open session of yours has this id.");
          }
          end(
              tx,
              caller.userId(),
              session,
              session.equals(caller.sessionId())
                  ? EndReason.SIGNED_OUT
                  : EndReason.SIGNED_OUT_ELSEWHERE);
        });
  }

  /** Ends all sessions of a party at once: the caller's own or, for an admin, anybody's. */
  public void endAll(Caller caller, UserId party) {
    EndReason reason =
        party.equals(caller.userId()) ? EndReason.SIGNED_OUT_ELSEWHERE : EndReason.ENDED_BY_ADMIN;
    database.useTransaction(tx -> endAll(tx, party, reason));
  }

  void endAll(Handle tx, UserId user, EndReason reason) {
    for (UUID session : SessionTable.openOf(tx, user)) {
      end(tx, user, session, reason);
    }
  }

  void endOthers(Handle tx, Caller caller, EndReason reason) {
    for (UUID session : SessionTable.openOf(tx, caller.userId())) {
      if (!session.equals(caller.sessionId())) {
        end(tx, caller.userId(), session, reason);
      }
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

  private Session session(Handle tx, Caller caller, Instant until) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String refreshToken = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    SessionTable.addToken(tx, digest(refreshToken), caller.sessionId(), until);
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
