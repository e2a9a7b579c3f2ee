package app.heyblue.security.http;

import app.heyblue.security.GoodToken;
import app.heyblue.security.TokenCheck;
import app.heyblue.security.identity.EndedSessions;
import app.heyblue.security.oidc.ForeignSessions;
import app.heyblue.security.tokens.AccessTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** {@link TokenIdentities} for whoever has a token and no request. */
@Singleton
class Tokens implements TokenCheck {
  private final AccessTokens tokens;
  private final EndedSessions ended;
  private final ForeignSessions foreign;
  private final Clock clock;

  Tokens(AccessTokens tokens, EndedSessions ended, ForeignSessions foreign, Clock clock) {
    this.tokens = tokens;
    this.ended = ended;
    this.foreign = foreign;
    this.clock = clock;
  }

  @Override
  public Optional<GoodToken> check(String token, Optional<String> deviceId) {
    Optional<GoodToken> ours = tokens.accept(token).filter(this::goesOn);
    return ours.isPresent() || !foreign.isForeign(token) ? ours : foreign.check(token, deviceId);
  }

  @Override
  public boolean holds(GoodToken token) {
    return goesOn(token)
        && (token.keyId() == null
            ? clock.instant().isBefore(token.expiresAt())
            : tokens.holds(token));
  }

  private boolean goesOn(GoodToken token) {
    return !ended.contains(token.caller().sessionId());
  }
}
