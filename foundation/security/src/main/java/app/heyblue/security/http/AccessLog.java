package app.heyblue.security.http;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Unrecorded;
import app.heyblue.security.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * A line for each request to the API but for those {@link Unrecorded}, in the category {@code
 * app.heyblue.access}: which operation, how it ended, how long it took and which kind of party
 * asked. No id but the request's own, no address, nothing that anybody sent: logs leave the house.
 */
@ApplicationScoped
class AccessLog {
  private static final Logger LOG = Logger.getLogger("app.heyblue.access");
  private static final int BEFORE_THE_FRONT_DOOR = 1100;
  private static final String API = "/api/";
  private static final String OPERATION = "heyblue.operation";

  /** Where the framework looks for the template that it counts a request under. */
  private static final String TEMPLATE = "UrlPathTemplate";

  private static final Set<String> OURS =
      Set.of("/health", "/health/live", "/health/ready", "/metrics", "/openapi");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final IdGenerator ids;
  private final CurrentVertxRequest current;

  AccessLog(IdGenerator ids, CurrentVertxRequest current) {
    this.ids = ids;
    this.current = current;
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, BEFORE_THE_FRONT_DOOR);
  }

  /** Notes which operation answers the request at hand. */
  void operation(String template) {
    RoutingContext request = current.getCurrent();
    if (request != null) {
      request.put(OPERATION, template);
    }
  }

  private void pass(RoutingContext request) {
    @Nullable Context context = Vertx.currentContext();
    request.addHeadersEndHandler(ignored -> boundPath(request, context));
    if (request.normalizedPath().startsWith(API)) {
      UUID id = ids.next();
      long begun = System.nanoTime();
      request.put(HttpRequestAtHand.REQUEST_ID, id);
      request.response().putHeader("X-Request-Id", id.toString());
      MDC.put("requestId", id.toString());
      request.addEndHandler(
          ended -> {
            if (LOG.isInfoEnabled() && !Unrecorded.covers(request.normalizedPath())) {
              log(request, id, Duration.ofNanos(System.nanoTime() - begun), ended.succeeded());
            }
          });
    }
    request.next();
  }

  /**
   * What no operation answered counts under a name of ours and not under the path that was sent, or
   * anybody could make as many metrics and names of spans as they like.
   */
  private static void boundPath(RoutingContext request, @Nullable Context context) {
    String template = request.get(OPERATION);
    if (context != null && (template == null || template.isEmpty())) {
      String path = request.normalizedPath();
      context.putLocal(
          TEMPLATE, OURS.contains(path) ? path : path.startsWith("/docs") ? "/docs" : "/other");
    }
  }

  private static void log(RoutingContext request, UUID id, Duration took, boolean whole) {
    String method = request.request().method().name();
    String template = request.get(OPERATION);
    String operation =
        (METHODS.contains(method) ? method : "OTHER")
            + " "
            + (template == null || template.isEmpty() ? "(none)" : template);
    int status = request.response().getStatusCode();
    Caller caller = Callers.get(request);
    String kind = caller == null ? "nobody" : caller.kind().toString().toLowerCase(Locale.ROOT);
    try {
      MDC.put("requestId", id.toString());
      MDC.put("operation", operation);
      MDC.put("status", status);
      MDC.put("millis", took.toMillis());
      MDC.put("caller", kind);
      LOG.infof(
          "%s %d %d ms %s %s%s",
          operation, status, took.toMillis(), kind, id, whole ? "" : " broke off");
    } finally {
      MDC.remove("requestId");
      MDC.remove("operation");
      MDC.remove("status");
      MDC.remove("millis");
      MDC.remove("caller");
    }
  }
}
