package app.heyblue.security.http;

import app.heyblue.security.identity.EndedSessions;
import app.heyblue.security.tokens.AccessTokens;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns a valid access token of a session that goes on into the framework's identity. */
@ApplicationScoped
class TokenIdentities implements IdentityProvider<TokenAuthenticationRequest> {
  private final AccessTokens tokens;
  private final EndedSessions ended;

  TokenIdentities(AccessTokens tokens, EndedSessions ended) {
    this.tokens = tokens;
    this.ended = ended;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    return tokens
        .verify(request.getToken().getToken())
        .filter(caller -> !ended.contains(caller.sessionId()))
        .map(caller -> Uni.createFrom().item(Callers.identity(caller)))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }
}
