package app.heyblue.notifications.live;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Where the live socket is opened: {@value #PATH}, by anybody, since the token comes over it. */
@ApplicationScoped
class LiveDoor {
  static final String PATH = "/api/v1/live";
  private final LiveSockets sockets;

  LiveDoor(LiveSockets sockets) {
    this.sockets = sockets;
  }

  void register(@Observes Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::open);
  }

  private void open(RoutingContext request) {
    if (!"websocket".equalsIgnoreCase(request.request().getHeader(HttpHeaders.UPGRADE))) {
      request.next();
      return;
    }
    request
        .request()
        .toWebSocket()
        .onSuccess(
            wire -> {
              EndedRequest.tell(request.request());
              sockets.add(wire, request.vertx().getOrCreateContext());
            })
        .onFailure(
            refused -> {
              if (!request.response().ended()) {
                request.fail(400);
              }
            });
  }
}
