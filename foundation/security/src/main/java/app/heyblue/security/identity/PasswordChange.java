package app.heyblue.security.identity;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.PasswordHash;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.keys.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Changing one's password by the one that is known; whoever forgot it resets it instead. */
@ApplicationScoped
public class PasswordChange {
  static final String CHANGED = "app.heyblue.password.changed.v1";
  private final Database database;
  private final Passwords passwords;
  private final SignInAttempts attempts;
  private final Sessions sessions;
  private final PersonKeys keys;
  private final EventLog events;
  private final AuditTrail audit;
  private final Clock clock;

  PasswordChange(
      Database database,
      Passwords passwords,
      SignInAttempts attempts,
      Sessions sessions,
      PersonKeys keys,
      EventLog events,
      AuditTrail audit,
      Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.attempts = attempts;
    this.sessions = sessions;
    this.keys = keys;
    this.events = events;
    this.audit = audit;
    this.clock = clock;
  }

  /** The data of {@value CHANGED}. */
  record PasswordChanged(UserId userId, Instant at) {}

  /**
   * Sets another password and ends all sessions but the caller's. Whoever holds a stolen token
   * guesses as slowly here as anywhere.
   *
   * @throws ProblemException ({@code invalid-input}, pointer {@code /currentPassword} or {@code
   *     /password}; {@code too-many-requests})
   */
  public void change(Caller caller, String current, String next) {
    Optional<StoredIdentity> found =
        database.read(tx -> IdentityTable.byParty(tx, caller.userId()));
    StoredIdentity identity = found.orElseThrow(PasswordChange::wrong);
    attempts.attemptBySession(
        caller.sessionId(),
        forgetFailures -> {
          if (!passwords.matches(current, found.map(StoredIdentity::password))) {
            throw wrong();
          }
          // Whatever is wrong with the new one: the present one was known.
          database.useTransaction(forgetFailures::accept);
          return caller;
        });
    String email =
        keys.open(caller.userId(), OwnIdentityProvider.EMAIL, identity.emailSealed()).orElse("");
    PasswordHash hash = passwords.hash(next, email);
    database.useTransaction(
        tx -> {
          if (!IdentityTable.replacePassword(tx, caller.userId(), identity.password(), hash)) {
            throw wrong();
          }
          events.append(
              tx,
              Stream.USERS,
              new NewEvent(
                  CHANGED,
                  caller.userId().toString(),
                  new PasswordChanged(caller.userId(), clock.instant())));
          audit.record(tx, "password.changed", caller.userId().toString(), Map.of());
          sessions.endOthers(tx, caller, EndReason.PASSWORD_CHANGED);
        });
  }

  private static ProblemException wrong() {
    return ProblemException.invalid("/currentPassword", "This isn't your present password.");
  }
}
