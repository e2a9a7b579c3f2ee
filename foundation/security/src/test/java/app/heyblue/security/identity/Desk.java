package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.NewIdentity;
import app.heyblue.security.PasswordHash;
import app.heyblue.security.Session;
import app.heyblue.security.limits.AddressLimits;
import app.heyblue.security.limits.CallerAddresses;
import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.util.Optional;

/** Our identity provider in one process, and the people whom the tests need. */
final class Desk {
  static final String PASSWORD = "correct horse";
  private static final Argon2Function CHEAP = Argon2Function.getInstance(64, 1, 1, 32, Argon2.ID);
  static final String DEVICE = "device-1";
  final House house;
  final EndedSessions ended = new EndedSessions();
  final Passwords passwords;
  final SignInAttempts attempts;
  final Sessions sessions;
  final OwnIdentityProvider provider;
  final PasswordChange change;
  final SessionKeeper keeper;

  /** With hashes that cost little: most tests don't care how much. */
  Desk(House house) {
    this(
        house,
        new Passwords(
            new BreachedPasswords(house.config),
            house.random,
            CHEAP,
            new PasswordHash(CHEAP.hash("nobody's").getResult())));
  }

  Desk(House house, Passwords passwords) {
    this.house = house;
    this.passwords = passwords;
    CallerAddresses addresses =
        new CallerAddresses(house.request, house.random, house.clock, false);
    this.attempts =
        new SignInAttempts(
            house.database, addresses, new AddressLimits(addresses, house.clock), house.clock);
    this.sessions =
        new Sessions(
            house.database,
            house.tokens,
            ended,
            house.events(),
            house.audit,
            house.ids,
            house.random,
            house.clock);
    this.provider =
        new OwnIdentityProvider(
            house.database,
            passwords,
            attempts,
            sessions,
            house.personKeys,
            house.fingerprints,
            house.audit,
            house.clock);
    this.change =
        new PasswordChange(
            house.database,
            passwords,
            attempts,
            sessions,
            house.personKeys,
            house.events(),
            house.audit,
            house.clock);
    this.keeper = new SessionKeeper(house.database, sessions, ended, attempts, house.clock);
  }

  UserId enabled(PartyKind kind, String email) {
    UserId user = created(kind, email);
    provider.enable(user);
    return user;
  }

  UserId created(PartyKind kind, String email) {
    UserId user = house.party();
    provider.create(new NewIdentity(user, kind, email, provider.hash(PASSWORD, email), DEVICE));
    return user;
  }

  Session signIn(String email) {
    return provider.signIn(email, PASSWORD, DEVICE);
  }

  /** The caller, as the HTTP side would accept the token. */
  Optional<Caller> accepted(Session session) {
    return house
        .tokens
        .verify(session.accessToken())
        .filter(caller -> !ended.contains(caller.sessionId()));
  }
}
