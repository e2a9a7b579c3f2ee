package app.heyblue.security.identity;

import app.heyblue.kernel.ProblemException;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.PasswordHash;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.keys.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** Changing one's password by the one that is known; whoever forgot it resets it instead. */
@ApplicationScoped
public class PasswordChange {
  private final Database database;
  private final Passwords passwords;
  private final SignInAttempts attempts;
  private final Sessions sessions;
  private final PersonKeys keys;
  private final AuditTrail audit;

  PasswordChange(
      Database database,
      Passwords passwords,
      SignInAttempts attempts,
      Sessions sessions,
      PersonKeys keys,
      AuditTrail audit) {
    this.database = database;
    this.passwords = passwords;
    this.attempts = attempts;
    this.sessions = sessions;
    this.keys = keys;
    this.audit = audit;
  }

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
          audit.record(tx, "password.changed", caller.userId().toString(), Map.of());
          sessions.endOthers(tx, caller, EndReason.PASSWORD_CHANGED);
        });
  }

  private static ProblemException wrong() {
    return ProblemException.invalid("/currentPassword", "This isn't your present password.");
  }
}
