package app.heyblue.security.http;

import app.heyblue.security.Caller;
import app.heyblue.security.identity.EndedSessions;
import app.heyblue.security.oidc.ForeignSessions;
import app.heyblue.security.tokens.AccessTokens;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Turns a valid access token of a session that goes on, ours or that of an issuer whom the operator
 * trusts, into the framework's identity.
 */
@ApplicationScoped
class TokenIdentities implements IdentityProvider<TokenAuthenticationRequest> {
  static final String DEVICE_HEADER = "Device-Id";

  /** The attribute of a request that holds the client's {@code Device-Id}, if it sent one. */
  static final String DEVICE = "heyblue.device";

  private final AccessTokens tokens;
  private final EndedSessions ended;
  private final ForeignSessions foreign;

  TokenIdentities(AccessTokens tokens, EndedSessions ended, ForeignSessions foreign) {
    this.tokens = tokens;
    this.ended = ended;
    this.foreign = foreign;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    String token = request.getToken().getToken();
    Optional<Caller> ours =
        tokens.verify(token).filter(caller -> !ended.contains(caller.sessionId()));
    if (ours.isPresent()) {
      return Uni.createFrom().item(Callers.identity(ours.get()));
    }
    if (!foreign.isForeign(token)) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    Optional<String> device = Optional.ofNullable(request.<String>getAttribute(DEVICE));
    return context.runBlocking(
        () ->
            foreign
                .accept(token, device)
                .map(Callers::identity)
                .orElseThrow(AuthenticationFailedException::new));
  }
}
