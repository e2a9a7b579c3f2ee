package app.heyblue.security.http;

import app.heyblue.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a caller travels in the framework's identity and in the request. */
final class Callers {
  private static final String KEY = "heyblue.caller";

  private Callers() {}

  static SecurityIdentity identity(Caller caller) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(caller.userId().toString()))
        .addRole(caller.kind().toString())
        .addAttribute(KEY, caller)
        .build();
  }

  static Optional<Caller> of(SecurityIdentity identity) {
    return Optional.ofNullable(identity.<Caller>getAttribute(KEY));
  }

  /** Notes the caller in the request, where it can be read without resolving the identity. */
  static void put(RoutingContext request, Caller caller) {
    request.put(KEY, caller);
  }

  static @Nullable Caller get(RoutingContext request) {
    return request.get(KEY);
  }
}
