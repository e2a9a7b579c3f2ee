package app.heyblue.security.oidc;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.GoodToken;
import app.heyblue.security.SecurityProblems;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.identity.EndedSessions;
import app.heyblue.security.identity.Identities;
import app.heyblue.security.identity.Sessions;
import app.heyblue.security.keys.Fingerprints;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Whom a token of another issuer speaks for. Whoever comes with one has a session here as well, so
 * that it can be listed and ended; ended here, it stays ended though the issuer goes on with it.
 * What was found is good for a minute; that a session ended is known at once.
 */
@ApplicationScoped
public class ForeignSessions {
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** How long after its last token a session may go on with another, as one of ours may. */
  static final Duration RESUMABLE = Duration.ofDays(30);

  private static final int MOST = 50_000;
  private final TrustedIssuers issuers;
  private final Database database;
  private final Identities identities;
  private final Sessions sessions;
  private final EndedSessions ended;
  private final Fingerprints fingerprints;
  private final AuditTrail audit;
  private final Clock clock;
  private final Cache<String, GoodToken> accepted;

  public ForeignSessions(
      TrustedIssuers issuers,
      Database database,
      Identities identities,
      Sessions sessions,
      EndedSessions ended,
      Fingerprints fingerprints,
      AuditTrail audit,
      Clock clock) {
    this.issuers = issuers;
    this.database = database;
    this.identities = identities;
    this.sessions = sessions;
    this.ended = ended;
    this.fingerprints = fingerprints;
    this.audit = audit;
    this.clock = clock;
    this.accepted =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  /** Whether a token says that it is of an issuer that the operator trusts. */
  public boolean isForeign(String token) {
    return issuers.of(token).isPresent();
  }

  /** The caller of a token that is good; {@link #check}. */
  public Optional<Caller> accept(String token, Optional<String> deviceId) {
    return check(token, deviceId).map(GoodToken::caller);
  }

  /**
   * The token with its caller; empty unless the token is valid and its session goes on. Blocks: it
   * may ask the issuer and the database.
   *
   * @param deviceId what the client says of itself, in the header {@code Device-Id}
   * @throws ProblemException ({@code not-linked}, {@code other-device})
   */
  public Optional<GoodToken> check(String token, Optional<String> deviceId) {
    String key = digest(deviceId.orElse("") + "\n" + token);
    Instant now = clock.instant();
    GoodToken known = accepted.getIfPresent(key);
    if (known == null || !now.isBefore(known.expiresAt())) {
      known =
          issuers
              .of(token)
              .flatMap(issuer -> issuer.verify(token))
              .flatMap(valid -> accept(valid, deviceId))
              .orElse(null);
      if (known == null) {
        return Optional.empty();
      }
      // Only what was found just now: a use mustn't prolong it, else an end could be outlived.
      accepted.put(key, known);
    }
    if (ended.contains(known.caller().sessionId())) {
      accepted.invalidate(key);
      return Optional.empty();
    }
    return Optional.of(known);
  }

  private Optional<GoodToken> accept(ForeignToken token, Optional<String> deviceId) {
    String issuer = token.issuer().issuer();
    byte[] subject = fingerprints.ofSubject(issuer, token.subject());
    byte[] session = fingerprints.ofSubject(issuer, token.subject() + "\n" + token.session());
    Optional<byte[]> device = deviceId.map(fingerprints::ofDevice);
    return database.inTransaction(
        tx -> {
          UserId user =
              LinkTable.find(tx, subject)
                  .or(() -> link(tx, token, subject))
                  .orElseThrow(ForeignSessions::notLinked);
          PartyKind kind = identities.enabledKind(tx, user).orElseThrow(ForeignSessions::notLinked);
          if (kind.isBoundToOneDevice()
              && device.filter(sent -> identities.isDeviceOf(tx, user, sent)).isEmpty()) {
            throw SecurityProblems.OTHER_DEVICE.raise(
                "Civilians and officers use one device: send its id in the header `Device-Id`, or"
                    + " link this device by POST /api/v1/onboarding/device-relinks.");
          }
          Instant until = token.goesOn() ? token.expiresAt().plus(RESUMABLE) : token.expiresAt();
          return sessions
              .openForeign(tx, user, kind, issuer, session, device, until)
              .map(caller -> good(caller, token));
        });
  }

  private GoodToken good(Caller caller, ForeignToken token) {
    Instant again = clock.instant().plus(REMEMBERED);
    Instant until = token.expiresAt();
    return new GoodToken(caller, until, again.isBefore(until) ? again : until, null);
  }

  /** Once, and never an admin: nobody becomes one by what another issuer says. */
  private Optional<UserId> link(Handle tx, ForeignToken token, byte[] subject) {
    if (!token.issuer().linksByEmail()) {
      return Optional.empty();
    }
    return token
        .verifiedEmail()
        .flatMap(email -> identities.byEmail(tx, fingerprints.of(email)))
        .filter(user -> identities.enabledKind(tx, user).filter(this::isLinkable).isPresent())
        .filter(user -> insert(tx, token.issuer(), subject, user));
  }

  private boolean isLinkable(PartyKind kind) {
    return kind != PartyKind.ADMIN;
  }

  private boolean insert(Handle tx, TrustedIssuer issuer, byte[] subject, UserId user) {
    boolean linked = LinkTable.insert(tx, subject, issuer.issuer(), user, clock.instant());
    if (linked) {
      audit.record(tx, "identity.linked", user.toString(), Map.of("issuer", issuer.name()));
    }
    return linked;
  }

  /**
   * Links a party to somebody of an issuer, instead of whom it was linked to there; the sessions
   * that began there end.
   *
   * @param issuerName as the operator named it
   * @throws ProblemException ({@code not-found}) where there is no such issuer or party; ({@code
   *     conflict}) where the subject is linked to another party
   */
  public void link(UserId party, String issuerName, String subject) {
    TrustedIssuer issuer =
        issuers
            .named(issuerName)
            .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("No issuer has this name."));
    byte[] fingerprint = fingerprints.ofSubject(issuer.issuer(), subject);
    database.useTransaction(
        tx -> {
          if (identities.enabledKind(tx, party).isEmpty()) {
            throw CommonProblems.NOT_FOUND.raise("No party that may sign in has this id.");
          }
          Optional<UserId> linked = LinkTable.find(tx, fingerprint);
          if (linked.filter(party::equals).isPresent()) {
            return;
          }
          LinkTable.delete(tx, issuer.issuer(), party);
          sessions.endForeign(tx, party, issuer.issuer());
          if (!insert(tx, issuer, fingerprint, party)) {
            throw CommonProblems.CONFLICT.raise("This subject is linked to another party.");
          }
        });
  }

  private static ProblemException notLinked() {
    return SecurityProblems.NOT_LINKED.raise("No account here is linked to this token's subject.");
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
