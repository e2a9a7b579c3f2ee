package app.heyblue.security.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * HTTP/2 with TLS only. Without it nobody needs it here, and a proxy that passes {@code Upgrade:
 * h2c} on can be made to let requests through unseen.
 */
@ApplicationScoped
class PlainHttp implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }
}
