package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What every request passes first: nobody but a named proxy speaks to us from elsewhere without
 * TLS, and every answer tells browsers to be careful, unless it says something itself.
 */
@ApplicationScoped
class FrontDoor {
  private static final int FIRST = 1000;
  private static final String CSP = "Content-Security-Policy";
  private static final String NOTHING =
      "default-src 'none'; object-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  // The page that browses the API has its script and style in it.
  private static final String DOCS =
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private final ClientAddresses addresses;

  FrontDoor(ClientAddresses addresses) {
    this.addresses = addresses;
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, FIRST);
  }

  private void pass(RoutingContext request) {
    request.addHeadersEndHandler(ignored -> complete(request));
    if (request.request().isSSL() || addresses.mayBeInClear(request)) {
      request.next();
    } else {
      Refusals.send(
          request.response(),
          CommonProblems.FORBIDDEN,
          "From elsewhere this server is reached through its proxy only, with TLS.");
    }
  }

  private void complete(RoutingContext request) {
    MultiMap headers = request.response().headers();
    String path = request.normalizedPath();
    put(headers, CSP, path.startsWith("/docs") ? DOCS : NOTHING);
    put(headers, "X-Content-Type-Options", "nosniff");
    put(headers, "X-Frame-Options", "DENY");
    put(headers, "Referrer-Policy", "no-referrer");
    put(headers, "Cross-Origin-Opener-Policy", "same-origin");
    if (path.startsWith("/api/")) {
      put(headers, "Cache-Control", "no-store");
    }
    // Browsers ignore it where it comes without TLS, so behind a proxy it does no harm.
    if (request.request().isSSL() || addresses.hasProxies()) {
      put(headers, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }

  private static void put(MultiMap headers, String name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }
}
