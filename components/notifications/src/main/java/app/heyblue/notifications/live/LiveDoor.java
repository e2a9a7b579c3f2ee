package app.heyblue.notifications.live;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the live socket is opened: {@value #PATH}, by anybody, since the token comes over it. */
@ApplicationScoped
class LiveDoor {
  static final String PATH = "/api/v1/live";
  private static final String SEC_WEBSOCKET_VERSION = "Sec-WebSocket-Version";
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  private final LiveSockets sockets;

  LiveDoor(LiveSockets sockets) {
    this.sockets = sockets;
  }

  void register(@Observes Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::open);
  }

  private void open(RoutingContext request) {
    if (!asksForASocket(request.request().headers())) {
      request
          .response()
          .putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET)
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
          .putHeader(SEC_WEBSOCKET_VERSION, VERSION);
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

  /**
   * Whether a handshake is one that can be answered (RFC 6455 §4.2.1): Vert.x would answer others
   * itself, without a problem document.
   */
  private static boolean asksForASocket(MultiMap headers) {
    return names(headers, HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET)
        && names(headers, HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
        && VERSION.equals(headers.get(SEC_WEBSOCKET_VERSION))
        && isKey(headers.get("Sec-WebSocket-Key"));
  }

  private static boolean names(MultiMap headers, CharSequence header, CharSequence token) {
    return headers.getAll(header).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(value -> token.toString().equalsIgnoreCase(value.strip()));
  }

  private static boolean isKey(@Nullable String value) {
    if (value == null) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(value.strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
