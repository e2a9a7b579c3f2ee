package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.NewIdentity;
import app.heyblue.security.Session;
import java.util.Optional;

/** Our identity provider in one process, and the people whom the tests need. */
final class Desk {
  static final String PASSWORD = "correct horse";
  static final String DEVICE = "device-1";
  final House house;
  final EndedSessions ended = new EndedSessions();
  final SignInAttempts attempts;
  final Sessions sessions;
  final OwnIdentityProvider provider;
  final SessionKeeper keeper;

  Desk(House house) {
    this.house = house;
    this.attempts = new SignInAttempts(house.database, house.clock);
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
            new Passwords(house.random),
            attempts,
            sessions,
            house.personKeys,
            house.fingerprints,
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
    provider.create(new NewIdentity(user, kind, email, provider.hash(PASSWORD), DEVICE));
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
