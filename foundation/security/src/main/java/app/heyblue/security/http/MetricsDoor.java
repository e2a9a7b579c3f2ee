package app.heyblue.security.http;

import app.heyblue.security.SecurityConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.util.List;

/**
 * Lets this machine read the metrics, and the addresses that the operator named; how busy the house
 * is and what it stumbles over is nobody else's business. A request that a proxy brought from
 * elsewhere is from elsewhere, also where the proxy runs here and nobody named it.
 */
@ApplicationScoped
class MetricsDoor {
  private static final int AFTER_THE_FRONT_DOOR = 900;
  private static final String PATH = "/metrics";
  private static final String OTHERS =
      """
      {"type":"about:blank","title":"Not from here","status":403,\
      "detail":"Metrics are read from this machine, or from an address that\
       heyblue.security.metrics-readers names."}""";
  private final ClientAddresses addresses;
  private final List<Network> readers;

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException where a reader isn't an address or network
   */
  MetricsDoor(ClientAddresses addresses, SecurityConfig config) {
    this.addresses = addresses;
    this.readers = config.metricsReaders().orElse(List.of()).stream().map(Network::parse).toList();
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, AFTER_THE_FRONT_DOOR);
  }

  private void pass(RoutingContext request) {
    if (!request.normalizedPath().startsWith(PATH) || mayRead(request)) {
      request.next();
      return;
    }
    request
        .response()
        .setStatusCode(403)
        .putHeader("Content-Type", "application/problem+json")
        .end(OTHERS);
  }

  private boolean mayRead(RoutingContext request) {
    InetAddress client = addresses.of(request);
    boolean brought =
        !addresses.hasProxies()
            && (request.request().headers().contains("X-Forwarded-For")
                || request.request().headers().contains("Forwarded"));
    return (addresses.isHere(request) && !brought)
        || (client != null && readers.stream().anyMatch(network -> network.contains(client)));
  }
}
