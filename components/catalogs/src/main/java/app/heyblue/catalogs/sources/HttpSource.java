package app.heyblue.catalogs.sources;

import app.heyblue.catalogs.CatalogsConfig;
import app.heyblue.catalogs.bmf.UnusableFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gets a file over HTTP: asks whether there is anything new, follows redirects to the same scheme
 * or https, bounds size, silence and time, and tries again where the server or the way to it fails.
 * Messages hold no address beyond the host's name.
 */
@ApplicationScoped
public class HttpSource {
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);
  private static final long BETWEEN_LOOKS_MILLIS = 500;
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final long MIB = 1024 * 1024;

  private final CatalogsConfig config;

  public HttpSource(CatalogsConfig config) {
    this.config = config;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The server has nothing new. */
    record NotModified() implements Outcome {}

    /** The file is here, whole as far as the server told. */
    record Fetched(Validators validators) implements Outcome {}
  }

  /**
   * Fetches into a file, which is made anew.
   *
   * @throws UnusableFile where there is nothing to be had, with the reason
   */
  public Outcome fetch(URI address, Validators known, Path into, Fetch fetch) throws UnusableFile {
    Duration pause = config.sourceBackoff();
    for (int attempt = 1; ; attempt++) {
      try (HttpClient client = client()) {
        try {
          return attempt(client, address, known, into, fetch);
        } finally {
          client.shutdownNow();
        }
      } catch (Failure failure) {
        if (!failure.passing || attempt >= config.sourceAttempts()) {
          throw new UnusableFile(
              failure.reason
                  + (attempt > 1 ? " It was tried %d times.".formatted(attempt) : "")
                  + " Nothing was changed.");
        }
        if (fetch.pause(pause)) {
          throw new UnusableFile(
              "The refresh was interrupted, because the server stopped. Nothing was changed.");
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  /** Why an attempt failed, and whether another may do better. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;
    private final boolean passing;

    Failure(String reason, boolean passing) {
      super(reason);
      this.reason = reason;
      this.passing = passing;
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(TO_CONNECT)
        .followRedirects(Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  private Outcome attempt(HttpClient client, URI address, Validators known, Path into, Fetch fetch)
      throws Failure, UnusableFile {
    URI at = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<Long> response = get(client, at, address, known, into, fetch);
      int status = response.statusCode();
      if (status == 200) {
        return new Outcome.Fetched(Validators.of(response.headers()));
      }
      if (status == 304 && !known.isEmpty()) {
        return new Outcome.NotModified();
      }
      if (!REDIRECTS.contains(status)) {
        boolean passing = status >= 500 || status == 429 || status == 408;
        throw new Failure("The source answered with status %d.".formatted(status), passing);
      }
      at = redirected(at, response.headers().firstValue("Location").orElse(""));
      requireOuter(address, at);
    }
    throw new Failure("The source redirects more than %d times.".formatted(MOST_REDIRECTS), false);
  }

  private HttpResponse<Long> get(
      HttpClient client, URI at, URI configured, Validators known, Path into, Fetch fetch)
      throws Failure, UnusableFile {
    AtomicLong received = new AtomicLong();
    // Until the headers are here, there is no length.
    CompletableFuture<OptionalLong> length = new CompletableFuture<>();
    try (FileChannel file =
        FileChannel.open(
            into,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      CompletableFuture<HttpResponse<Long>> answer =
          client.sendAsync(
              request(at, configured, known),
              head -> {
                length.complete(head.headers().firstValueAsLong("Content-Length"));
                return head.statusCode() == 200
                    ? new Download(file, config.largestFileMib() * MIB, received)
                    : BodySubscribers.replacing(0L);
              });
      try {
        return await(answer, received, length, fetch);
      } finally {
        answer.cancel(true);
      }
    } catch (IOException e) {
      throw new Failure("The file can't be written here.", false);
    }
  }

  private HttpResponse<Long> await(
      CompletableFuture<HttpResponse<Long>> answer,
      AtomicLong received,
      CompletableFuture<OptionalLong> length,
      Fetch fetch)
      throws Failure, UnusableFile {
    long begun = System.nanoTime();
    long moved = begun;
    long seen = 0;
    while (true) {
      try {
        HttpResponse<Long> response = answer.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        requireWhole(response, received.get());
        return response;
      } catch (TimeoutException notYet) {
        long bytes = received.get();
        long now = System.nanoTime();
        if (bytes != seen) {
          seen = bytes;
          moved = now;
        } else if (now - moved > config.sourceSilence().toNanos()) {
          throw new Failure(
              "The source sent nothing for %d s.".formatted(config.sourceSilence().toSeconds()),
              true);
        }
        if (now - begun > config.sourcePatience().toNanos()) {
          throw new Failure(
              "The source took longer than %d s.".formatted(config.sourcePatience().toSeconds()),
              true);
        }
        fetch.received(bytes, total(length));
      } catch (ExecutionException e) {
        throw failure(e.getCause(), received.get(), total(length));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("The refresh was interrupted.", false);
      }
    }
  }

  private static void requireWhole(HttpResponse<Long> response, long received) throws Failure {
    OptionalLong expected = response.headers().firstValueAsLong("Content-Length");
    if (response.statusCode() == 200 && expected.isPresent() && expected.getAsLong() != received) {
      throw cutOff(received, expected.getAsLong());
    }
  }

  private Failure failure(@Nullable Throwable cause, long received, @Nullable Long expected) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof Download.TooLarge) {
        return new Failure(
            "The file is larger than %,d MiB, the most that a source may send."
                .formatted(config.largestFileMib()),
            false);
      }
    }
    if (expected != null && received < expected && received > 0) {
      return cutOff(received, expected);
    }
    return received > 0
        ? new Failure(
            "The connection to the source was lost after %,d bytes: the file is cut off."
                .formatted(received),
            true)
        : new Failure("The source can't be reached.", true);
  }

  private static Failure cutOff(long received, long expected) {
    return new Failure(
        "The file is cut off: %,d of %,d bytes came from the source.".formatted(received, expected),
        true);
  }

  private static @Nullable Long total(CompletableFuture<OptionalLong> length) {
    OptionalLong known = length.getNow(OptionalLong.empty());
    return known.isPresent() ? (Long) known.getAsLong() : null;
  }

  private static HttpRequest request(URI at, URI configured, Validators known) throws Failure {
    HttpRequest.Builder request;
    try {
      request =
          HttpRequest.newBuilder(plain(at))
              .header("Accept-Encoding", "identity")
              .header("User-Agent", "HeyBlue")
              .GET();
    } catch (IllegalArgumentException e) {
      throw new Failure("The source redirects to an address that is none.", false);
    }
    String user = configured.getUserInfo();
    // Only to whom it was meant for, never to where that redirects.
    if (user != null && sameOrigin(at, configured)) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }
    known.ask(request);
    return request.build();
  }

  private static URI plain(URI at) {
    String query = at.getRawQuery();
    return URI.create(
        at.getScheme()
            + "://"
            + at.getHost()
            + (at.getPort() < 0 ? "" : ":" + at.getPort())
            + (at.getRawPath().isEmpty() ? "/" : at.getRawPath())
            + (query == null ? "" : "?" + query));
  }

  private static URI redirected(URI from, String location) throws Failure {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Failure("The source redirects to an address that is none.", false);
    }
    String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
    if (location.isEmpty()
        || to.getHost() == null
        || !(scheme.equals("https") || scheme.equalsIgnoreCase(from.getScheme()))) {
      throw new Failure(
          "The source redirects elsewhere than to the same scheme or to https.", false);
    }
    return to;
  }

  /** Where a source lies inside itself, it may redirect there; any other must not lead inside. */
  static void requireOuter(URI configured, URI redirected) throws Failure {
    try {
      if (InnerHost.isInner(redirected.getHost()) && !InnerHost.isInner(configured.getHost())) {
        throw new Failure("The source redirects to an address inside this network.", false);
      }
    } catch (UnknownHostException e) {
      throw new Failure("The source can't be reached.", true);
    }
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }
}
