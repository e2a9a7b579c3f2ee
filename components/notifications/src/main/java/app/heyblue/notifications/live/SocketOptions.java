package app.heyblue.notifications.live;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Sockets as small as they can be: no compression, whose state takes more than all the rest. */
@ApplicationScoped
class SocketOptions implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    tune(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    tune(options);
  }

  private static void tune(HttpServerOptions options) {
    options
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(Frames.LONGEST)
        .setMaxWebSocketMessageSize(Frames.LONGEST)
        .setWebSocketClosingTimeout(3);
  }
}
