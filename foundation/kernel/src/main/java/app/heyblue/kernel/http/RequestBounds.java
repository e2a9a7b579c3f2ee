package app.heyblue.kernel.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses headers that name no media type and parameters that come twice, and bounds every body to
 * {@value #MAX_BYTES} bytes, whether its length is announced or not. Only the parts of an upload
 * (multipart), which are read past here into files, are bounded by the server's own limit instead.
 */
@Provider
class RequestBounds implements ContainerRequestFilter, ReaderInterceptor {
  static final int MAX_BYTES = 256 * 1024;

  @Override
  public void filter(ContainerRequestContext request) {
    requireReadableAccept(request);
    requireOneMeaning(request);
    if (isUpload(mediaType(request))) {
      return;
    }
    String length = request.getHeaderString("Content-Length");
    if (length != null && (length.length() > 18 || Long.parseLong(length) > MAX_BYTES)) {
      throw tooLarge();
    }
  }

  private static void requireReadableAccept(ContainerRequestContext request) {
    try {
      request.getAcceptableMediaTypes();
    } catch (IllegalArgumentException e) {
      throw CommonProblems.NOT_ACCEPTABLE.raise("`Accept` is not a list of media types.");
    }
  }

  /** Of two values one would win, and who checked the other would be deceived. */
  private static void requireOneMeaning(ContainerRequestContext request) {
    request
        .getUriInfo()
        .getQueryParameters()
        .forEach(
            (name, values) -> {
              if (values.size() > 1) {
                throw ProblemException.invalid(name, "Give this parameter once.");
              }
            });
    if (request.getHeaders().getOrDefault("Idempotency-Key", List.of()).size() > 1) {
      throw CommonProblems.MALFORMED.raise("Send one `Idempotency-Key` with a request.");
    }
  }

  private static @Nullable MediaType mediaType(ContainerRequestContext request) {
    try {
      return request.getMediaType();
    } catch (IllegalArgumentException e) {
      throw CommonProblems.UNSUPPORTED_MEDIA_TYPE.raise("`Content-Type` is not a media type.");
    }
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context)
      throws IOException, WebApplicationException {
    context.setInputStream(new Bounded(context.getInputStream()));
    return context.proceed();
  }

  private static boolean isUpload(@Nullable MediaType type) {
    return type != null && type.getType().equalsIgnoreCase("multipart");
  }

  private static ProblemException tooLarge() {
    return CommonProblems.TOO_LARGE.raise("At most " + MAX_BYTES + " bytes are accepted here.");
  }

  private static final class Bounded extends FilterInputStream {
    private long left = MAX_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        int b = super.read();
        if (b >= 0) {
          count(1);
        }
        return b;
      } catch (IOException e) {
        throw brokenOff();
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
          count(n);
        }
        return n;
      } catch (IOException e) {
        throw brokenOff();
      }
    }

    /** What comes from the network fails for the client's reasons, which belong in no log. */
    private static ProblemException brokenOff() {
      return CommonProblems.MALFORMED.raise("The body broke off, or its chunks can't be read.");
    }

    private void count(int n) {
      left -= n;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
