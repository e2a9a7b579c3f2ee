package app.heyblue.onboarding.applications;

import app.heyblue.kernel.UserId;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.NewIdentity;
import app.heyblue.security.PasswordHash;
import app.heyblue.security.Session;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider that outlives restarts of the room, as a real one does. */
final class FakeIdentities implements IdentityProvider {
  final Map<UserId, NewIdentity> created = new ConcurrentHashMap<>();
  final Set<UserId> enabled = ConcurrentHashMap.newKeySet();
  final Map<UserId, String> devices = new ConcurrentHashMap<>();
  final Map<UserId, PasswordHash> passwords = new ConcurrentHashMap<>();
  final AtomicInteger hashed = new AtomicInteger();

  @Override
  public PasswordHash hash(String password, String email) {
    hashed.incrementAndGet();
    return new PasswordHash("$argon2id$fake$" + Integer.toHexString(password.hashCode()));
  }

  @Override
  public void create(NewIdentity identity) {
    created.putIfAbsent(identity.userId(), identity);
  }

  @Override
  public void enable(UserId party) {
    enabled.add(party);
  }

  @Override
  public Optional<UserId> findByEmail(String email) {
    return created.values().stream()
        .filter(identity -> normalised(identity.email()).equals(normalised(email)))
        .map(NewIdentity::userId)
        .findFirst();
  }

  @Override
  public Session signIn(String email, String password, String deviceId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session signInAs(UserId party, String deviceId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void relinkDevice(UserId party, String deviceId) {
    devices.put(party, deviceId);
  }

  @Override
  public void resetPassword(UserId party, PasswordHash password) {
    passwords.put(party, password);
  }

  @Override
  public Optional<String> emailOf(UserId party) {
    return Optional.ofNullable(created.get(party)).map(NewIdentity::email);
  }

  static String normalised(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
