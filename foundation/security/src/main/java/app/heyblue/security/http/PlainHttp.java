package app.heyblue.security.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * No HTTP/2 without TLS either: a proxy that passes {@code Upgrade: h2c} on can be made to let
 * requests through unseen.
 */
@ApplicationScoped
class PlainHttp implements HttpServerOptionsCustomizer {
  private final ConnectionsConfig connections;

  PlainHttp(ConnectionsConfig connections) {
    this.connections = connections;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
    if (connections.most() < 1 || connections.perAddress() < 1) {
      throw new IllegalArgumentException("heyblue.connections: there must be room for one.");
    }
  }
}
