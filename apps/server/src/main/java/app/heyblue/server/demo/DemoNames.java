package app.heyblue.server.demo;

import app.heyblue.kernel.CommonProblems;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Closes the open doors to pages elsewhere: while demo data exist, only requests to a name of this
 * machine are answered. A web page whose own name is made to lead to 127.0.0.1 (DNS rebinding)
 * sends that name.
 */
@ApplicationScoped
class DemoNames {
  private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final boolean demo;

  DemoNames(@ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.demo = demo;
  }

  @ServerRequestFilter(preMatching = true)
  public void requireOurName(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (demo && !isOurs(authority == null ? null : authority.host())) {
      throw CommonProblems.FORBIDDEN.raise(
          "While demo data exist, HeyBlue answers to the names localhost and 127.0.0.1 only.");
    }
  }

  private static boolean isOurs(@Nullable String host) {
    return host != null && OURS.contains(host.toLowerCase(Locale.ROOT));
  }
}
