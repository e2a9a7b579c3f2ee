package app.heyblue.catalogs.sources;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * By what a server tells whether it has anything new (RFC 9110, section 8.8).
 *
 * @param etag null where it has none, as the next
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  /** Those of a source that was never asked. */
  public static final Validators NONE = new Validators(null, null);

  private static final int LONGEST = 1000;

  static Validators of(HttpHeaders headers) {
    return new Validators(bounded(headers, "ETag"), bounded(headers, "Last-Modified"));
  }

  void ask(HttpRequest.Builder request) {
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    if (lastModified != null) {
      request.header("If-Modified-Since", lastModified);
    }
  }

  boolean isEmpty() {
    return etag == null && lastModified == null;
  }

  private static @Nullable String bounded(HttpHeaders headers, String name) {
    return headers.firstValue(name).filter(value -> value.length() <= LONGEST).orElse(null);
  }
}
