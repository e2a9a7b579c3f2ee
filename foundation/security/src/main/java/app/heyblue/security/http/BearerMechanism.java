package app.heyblue.security.http;

import app.heyblue.security.Operator;
import app.heyblue.security.tokens.OperatorToken;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code Authorization: Bearer} (RFC 6750): our access tokens, and the operator's from here. */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {
  private static final String SCHEME = "Bearer";
  private final OperatorToken operator;
  private final ClientAddresses addresses;

  BearerMechanism(OperatorToken operator, ClientAddresses addresses) {
    this.operator = operator;
    this.addresses = addresses;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    String token = token(context.request().getHeader(HttpHeaderNames.AUTHORIZATION));
    if (token == null) {
      return Uni.createFrom().nullItem();
    }
    if (addresses.isHere(context) && operator.matches(token)) {
      return Uni.createFrom()
          .item(Callers.identity(Operator.CALLER))
          .invoke(() -> Callers.put(context, Operator.CALLER));
    }
    TokenAuthenticationRequest request =
        new TokenAuthenticationRequest(new TokenCredential(token, SCHEME));
    request.setAttribute(
        TokenIdentities.DEVICE, context.request().getHeader(TokenIdentities.DEVICE_HEADER));
    return providers
        .authenticate(request)
        .invoke(identity -> Callers.of(identity).ifPresent(caller -> Callers.put(context, caller)));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, HttpHeaderNames.WWW_AUTHENTICATE, SCHEME));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenAuthenticationRequest.class);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return Uni.createFrom()
        .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, SCHEME));
  }

  private static @Nullable String token(@Nullable String header) {
    return header != null
            && header.length() > SCHEME.length()
            && header.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)
        ? header.substring(SCHEME.length() + 1).strip()
        : null;
  }
}
