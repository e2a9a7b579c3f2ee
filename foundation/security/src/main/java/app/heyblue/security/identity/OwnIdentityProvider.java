package app.heyblue.security.identity;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.NewIdentity;
import app.heyblue.security.PasswordHash;
import app.heyblue.security.SecurityProblems;
import app.heyblue.security.Session;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.keys.Fingerprints;
import app.heyblue.security.keys.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;

/** Credentials in our own database. */
@ApplicationScoped
public class OwnIdentityProvider implements IdentityProvider {
  static final String EMAIL = "email";
  private final Database database;
  private final Passwords passwords;
  private final SignInAttempts attempts;
  private final Sessions sessions;
  private final PersonKeys keys;
  private final Fingerprints fingerprints;
  private final AuditTrail audit;
  private final Clock clock;

  OwnIdentityProvider(
      Database database,
      Passwords passwords,
      SignInAttempts attempts,
      Sessions sessions,
      PersonKeys keys,
      Fingerprints fingerprints,
      AuditTrail audit,
      Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.attempts = attempts;
    this.sessions = sessions;
    this.keys = keys;
    this.fingerprints = fingerprints;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public PasswordHash hash(String password, String email) {
    return passwords.hash(password, email);
  }

  @Override
  public void create(NewIdentity identity) {
    byte[] email = fingerprints.of(identity.email());
    byte[] device = fingerprints.ofDevice(identity.deviceId());
    try {
      database.useTransaction(tx -> create(tx, identity, email, device));
    } catch (UnableToExecuteStatementException e) {
      if (isEmailTaken(e)) {
        throw SecurityProblems.EMAIL_TAKEN.raise(
            "This e-mail address has an account already. Sign in with it, or use another.");
      }
      throw e;
    }
  }

  private void create(Handle tx, NewIdentity identity, byte[] email, byte[] device) {
    UserId user = identity.userId();
    keys.createKey(tx, user);
    boolean created =
        IdentityTable.insert(
            tx,
            new StoredIdentity(
                user,
                identity.kind(),
                keys.seal(tx, user, EMAIL, identity.email().strip()),
                identity.password(),
                device,
                false),
            email,
            clock.instant());
    if (created) {
      KnownDevices.add(tx, user, device, clock.instant());
      audit.record(
          tx, "identity.created", user.toString(), Map.of("kind", identity.kind().toString()));
    }
  }

  private static boolean isEmailTaken(UnableToExecuteStatementException e) {
    return e.getCause() instanceof PSQLException cause
        && cause.getServerErrorMessage() != null
        && "identity_email_unique".equals(cause.getServerErrorMessage().getConstraint());
  }

  @Override
  public void enable(UserId party) {
    database.useTransaction(
        tx -> {
          if (IdentityTable.enable(tx, party)) {
            audit.record(tx, "identity.enabled", party.toString(), Map.of());
          }
        });
  }

  @Override
  public Optional<UserId> findByEmail(String email) {
    byte[] fingerprint = fingerprints.of(email);
    return database.read(tx -> IdentityTable.byEmail(tx, fingerprint)).map(StoredIdentity::userId);
  }

  @Override
  public Session signIn(String email, String password, String deviceId) {
    byte[] fingerprint = fingerprints.of(email);
    byte[] device = fingerprints.ofDevice(deviceId);
    boolean knownDevice = database.read(tx -> KnownDevices.contains(tx, fingerprint, device));
    return attempts.attempt(
        fingerprint,
        device,
        knownDevice,
        forgetFailures -> signIn(fingerprint, password, device, forgetFailures));
  }

  private Session signIn(
      byte[] email, String password, byte[] device, Consumer<Handle> forgetFailures) {
    Optional<StoredIdentity> found = database.read(tx -> IdentityTable.byEmail(tx, email));
    boolean matches = passwords.matches(password, found.map(StoredIdentity::password));
    StoredIdentity identity =
        found
            .filter(candidate -> matches && candidate.enabled())
            .orElseThrow(OwnIdentityProvider::wrongCredentials);
    boolean sameDevice = MessageDigest.isEqual(identity.deviceFingerprint(), device);
    if (identity.kind().isBoundToOneDevice() && !sameDevice) {
      throw SecurityProblems.OTHER_DEVICE.raise(
          "This account is used on another device. Link this one by POST"
              + " /api/v1/onboarding/device-relinks.");
    }
    return database.inTransaction(
        tx -> {
          // The password was checked without a lock; a reset or relink meanwhile wins.
          if (!isUnchanged(tx, identity)) {
            throw wrongCredentials();
          }
          forgetFailures.accept(tx);
          sessions.makeRoom(tx, identity.userId());
          KnownDevices.add(tx, identity.userId(), device, clock.instant());
          return sessions.open(tx, identity.userId(), identity.kind(), device);
        });
  }

  private static boolean isUnchanged(Handle tx, StoredIdentity before) {
    return IdentityTable.hold(tx, before.userId())
        .filter(now -> now.password().equals(before.password()))
        .filter(now -> Arrays.equals(now.deviceFingerprint(), before.deviceFingerprint()))
        .isPresent();
  }

  private static ProblemException wrongCredentials() {
    return SecurityProblems.WRONG_CREDENTIALS.raise(
        "No account that may sign in has this address with this password.");
  }

  @Override
  public Session signInAs(UserId party, String deviceId) {
    byte[] device = fingerprints.ofDevice(deviceId);
    return database.inTransaction(
        tx -> {
          StoredIdentity identity =
              IdentityTable.byParty(tx, party)
                  .filter(StoredIdentity::enabled)
                  .orElseThrow(
                      () ->
                          CommonProblems.NOT_FOUND.raise("No party that may sign in has this id."));
          return sessions.open(tx, identity.userId(), identity.kind(), device);
        });
  }

  @Override
  public void relinkDevice(UserId party, String deviceId) {
    byte[] device = fingerprints.ofDevice(deviceId);
    database.useTransaction(
        tx -> {
          if (IdentityTable.setDevice(tx, party, device)) {
            audit.record(tx, "device.relinked", party.toString(), Map.of());
          }
          if (IdentityTable.byParty(tx, party).isPresent()) {
            KnownDevices.only(tx, party, device, clock.instant());
          }
          // Also where the device stays: whoever relinks may do it because a token was stolen.
          sessions.endAll(tx, party, EndReason.RELINKED);
        });
  }

  @Override
  public void resetPassword(UserId party, PasswordHash password) {
    database.useTransaction(
        tx -> {
          if (IdentityTable.setPassword(tx, party, password)) {
            audit.record(tx, "password.reset", party.toString(), Map.of());
            attempts.forget(tx, party);
            sessions.endAll(tx, party, EndReason.PASSWORD_RESET);
          }
        });
  }

  @Override
  public Optional<String> emailOf(UserId party) {
    return database
        .read(tx -> IdentityTable.byParty(tx, party))
        .flatMap(identity -> keys.open(party, EMAIL, identity.emailSealed()));
  }
}
