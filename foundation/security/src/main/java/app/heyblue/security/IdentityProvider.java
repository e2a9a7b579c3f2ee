package app.heyblue.security;

import app.heyblue.kernel.UserId;
import java.util.Optional;

/**
 * Where credentials live: ours by default, another provider by configuration. Every operation can
 * be repeated without harm.
 */
public interface IdentityProvider {
  /**
   * Hashes a password, 8 to 200 characters, that is on no list of breached ones and neither the
   * address nor the product's name.
   *
   * @param email whose password it becomes
   * @throws app.heyblue.kernel.ProblemException ({@code invalid-input}, pointer {@code /password})
   */
  PasswordHash hash(String password, String email);

  /** Creates credentials that can't sign in until they are {@linkplain #enable enabled}. */
  void create(NewIdentity identity);

  /** Lets the party sign in. */
  void enable(UserId party);

  /** Whose credentials an address belongs to, whether or not they are enabled. */
  Optional<UserId> findByEmail(String email);

  /**
   * Signs in.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code wrong-credentials} 401, the same for an
   *     unknown address and in the same time; {@code other-device} 403)
   */
  Session signIn(String email, String password, String deviceId);

  /** Opens a session without a password; for demo people only. */
  Session signInAs(UserId party, String deviceId);

  /** Moves a party bound to one device to another, and ends all sessions of it. */
  void relinkDevice(UserId party, String deviceId);

  /** Sets another password, and ends all sessions. */
  void resetPassword(UserId party, PasswordHash password);

  /** The address of a party, to write to it; empty when it was forgotten. */
  Optional<String> emailOf(UserId party);
}
