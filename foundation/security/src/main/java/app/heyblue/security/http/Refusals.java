package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemType;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Problem documents (RFC 9457) of what is refused before any operation is found. */
final class Refusals {
  private Refusals() {}

  /** Refuses what the network brought and is no HTTP, or more of it than is read. */
  static void unreadable(HttpServerRequest request) {
    switch (request.decoderResult().cause()) {
      case TooLongHttpLineException line ->
          send(
              request.response(),
              CommonProblems.ADDRESS_TOO_LONG,
              "At most 4,096 characters are accepted in the first line of a request.");
      case TooLongHttpHeaderException headers ->
          send(
              request.response(),
              CommonProblems.HEADERS_TOO_LARGE,
              "At most 16 KiB of headers are accepted.");
      case URISyntaxException address ->
          send(
              request.response(),
              CommonProblems.MALFORMED,
              "The address has characters or escapes that none may have (RFC 3986).");
      case null, default ->
          send(request.response(), CommonProblems.MALFORMED, "This is not HTTP (RFC 9112).");
    }
  }

  static void send(HttpServerResponse response, ProblemType type, String detail) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "/problems/" + type.slug());
    document.put("title", type.title());
    document.put("status", type.status());
    document.put("detail", detail);
    try {
      response
          .setStatusCode(type.status())
          .putHeader("Content-Type", "application/problem+json")
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Content-Type-Options", "nosniff")
          .end(Json.mapper().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static void tooMany(HttpServerResponse response, Duration wait, String detail) {
    response.putHeader(
        "Retry-After", String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds())));
    send(response, CommonProblems.TOO_MANY_REQUESTS, detail);
  }
}
