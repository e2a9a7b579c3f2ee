package app.heyblue.security;

import java.util.Optional;

/**
 * Checks access tokens that don't come in a request's header, by the same rules: ours, and those of
 * issuers whom the operator trusts. The operator's own token isn't one.
 */
public interface TokenCheck {
  /**
   * Whom a token speaks for; empty unless it is whole, in date, and of a session that goes on. May
   * block: another issuer's token may need the issuer and the database.
   *
   * @param deviceId what a client with another issuer's token says of its device
   * @throws app.heyblue.kernel.ProblemException ({@code not-linked}, {@code other-device})
   */
  Optional<GoodToken> check(String token, Optional<String> deviceId);

  /**
   * Whether a token that was good still is: in date, its session not ended, its key not withdrawn.
   * Answers from memory; {@link GoodToken#checkAt} says when that isn't enough any more.
   */
  boolean holds(GoodToken token);
}
