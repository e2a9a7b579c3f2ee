package app.heyblue.security.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a body before anything else is done with its request, so that however slowly it comes, no
 * thread waits for it; {@value #MAX_BYTES} bytes at most. Uploads go to the disk instead, once it's
 * known that their sender may.
 */
@ApplicationScoped
class RequestBodies {
  private static final int MAX_BYTES = 256 * 1024;
  static final String TOO_LARGE = "At most " + MAX_BYTES + " bytes are accepted here.";
  private static final int AFTER_THE_DOOR = 900;
  private static final Set<HttpMethod> WITHOUT =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private final BodyHandler reading = BodyHandler.create(false).setBodyLimit(MAX_BYTES);

  void register(@Observes Filters filters) {
    filters.register(this::read, AFTER_THE_DOOR);
  }

  private void read(RoutingContext request) {
    if (WITHOUT.contains(request.request().method()) || isUpload(request)) {
      request.next();
    } else {
      reading.handle(request);
    }
  }

  private static boolean isUpload(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }
}
