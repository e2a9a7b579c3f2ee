package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/**
 * Refuses a {@code Content-Type} that is no media type. Where a path has operations for several
 * types, the framework reads it before it calls anything of ours, and fails.
 */
@ApplicationScoped
class MediaTypes {
  private static final int AFTER_THE_DOOR = 940;

  void register(@Observes Filters filters) {
    filters.register(MediaTypes::check, AFTER_THE_DOOR);
  }

  private static void check(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.equals(MediaType.APPLICATION_JSON) || isReadable(type)) {
      request.next();
    } else {
      Refusals.send(
          request.response(),
          CommonProblems.UNSUPPORTED_MEDIA_TYPE,
          "`Content-Type` is not a media type.");
    }
  }

  private static boolean isReadable(String type) {
    if (type.stripTrailing().endsWith("=")) { // a parameter without a value (RFC 9110, 5.6.6)
      return false;
    }
    try {
      return MediaType.valueOf(type) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
