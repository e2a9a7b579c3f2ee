package app.heyblue.security.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a body before anything else is done with its request, so that however slowly it comes, no
 * thread waits for it; {@value #MAX_BYTES} bytes at most. Uploads go to the disk instead, once it's
 * known that their sender may. The framework's own handler never goes on where a body is empty.
 */
@ApplicationScoped
class RequestBodies {
  private static final int MAX_BYTES = 256 * 1024;
  static final String TOO_LARGE = "At most " + MAX_BYTES + " bytes are accepted here.";

  /** What all bodies that are being read, or worked on, may take together. */
  private static final long MOST_AT_ONCE = 48L * 1024 * 1024;

  private static final int AFTER_THE_DOOR = 900;
  private static final int MAX_DIGITS = 9;
  private static final Set<HttpMethod> WITHOUT =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final AtomicLong held = new AtomicLong();

  void register(@Observes Filters filters) {
    filters.register(this::read, AFTER_THE_DOOR);
  }

  private void read(RoutingContext request) {
    HttpServerRequest incoming = request.request();
    if (WITHOUT.contains(incoming.method()) || isUpload(incoming)) {
      request.next();
    } else if (isAnnouncedTooLarge(incoming)) {
      request.fail(413);
    } else if (incoming.isEnded()) {
      complete(request, Buffer.buffer());
    } else {
      readOn(request);
    }
  }

  private void readOn(RoutingContext request) {
    HttpServerRequest incoming = request.request();
    Buffer body = Buffer.buffer();
    request.addEndHandler(answered -> held.addAndGet(-body.length()));
    incoming.handler(
        part -> {
          if (request.failed()) {
            return;
          }
          body.appendBuffer(part);
          if (held.addAndGet(part.length()) > MOST_AT_ONCE) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
            request.fail(503);
          } else if (body.length() > MAX_BYTES) {
            request.fail(413);
          }
        });
    incoming.endHandler(
        end -> {
          incoming.exceptionHandler(null); // its work answers now, whether or not anybody hears it
          if (!request.failed()) {
            complete(request, body);
          }
        });
    incoming.exceptionHandler(
        broken -> {
          if (!request.failed()) {
            request.fail(400);
          }
        });
    if ("100-continue".equalsIgnoreCase(incoming.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    incoming.resume();
  }

  private static void complete(RoutingContext request, Buffer body) {
    ((RoutingContextInternal) request).setBody(body);
    request.next();
  }

  private static boolean isAnnouncedTooLarge(HttpServerRequest incoming) {
    String length = incoming.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && (length.length() > MAX_DIGITS || Integer.parseInt(length) > MAX_BYTES);
  }

  private static boolean isUpload(HttpServerRequest incoming) {
    String type = incoming.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }
}
