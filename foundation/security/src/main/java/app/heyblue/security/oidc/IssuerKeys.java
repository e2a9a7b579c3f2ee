package app.heyblue.security.oidc;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * The public keys of an issuer, fetched from where its discovery document (OpenID Connect Discovery
 * 1.0) or the operator says, and nowhere else. They are fetched again after an hour, and for a key
 * id that isn't among them, but at most once a minute; while the issuer is away, those of the last
 * day are good.
 */
final class IssuerKeys {
  static final Duration FRESH = Duration.ofHours(1);
  static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);
  static final Duration GOOD = Duration.ofDays(1);
  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 256 * 1024;

  private record Fetched(List<JsonWebKey> keys, Instant at) {}

  private final String issuer;
  private final Optional<URI> configured;
  private final HttpClient http;
  private final Clock clock;
  private Fetched fetched = new Fetched(List.of(), Instant.MIN);
  private Instant lastTry = Instant.MIN;

  IssuerKeys(String issuer, Optional<URI> configured, HttpClient http, Clock clock) {
    requireSecure(URI.create(issuer));
    configured.ifPresent(IssuerKeys::requireSecure);
    this.issuer = issuer;
    this.configured = configured;
    this.http = http;
    this.clock = clock;
  }

  /** The keys among which one of this id is, if the issuer has such a key. */
  synchronized List<JsonWebKey> having(String keyId) {
    Instant now = clock.instant();
    boolean stale = !now.isBefore(fetched.at().plus(FRESH));
    if ((stale || !has(keyId)) && !now.isBefore(lastTry.plus(BETWEEN_TRIES))) {
      lastTry = now;
      refresh(now);
    }
    return now.isBefore(fetched.at().plus(GOOD)) && has(keyId) ? fetched.keys() : List.of();
  }

  private boolean has(String keyId) {
    return fetched.keys().stream().anyMatch(key -> keyId.equals(key.getKeyId()));
  }

  private void refresh(Instant now) {
    try {
      fetched = new Fetched(List.copyOf(new JsonWebKeySet(get(address())).getJsonWebKeys()), now);
    } catch (IOException | JoseException | IllegalArgumentException e) {
      LOG.warnf("The keys of the issuer %s can't be read: %s", issuer, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private URI address() throws IOException, InterruptedException {
    if (configured.isPresent()) {
      return configured.get();
    }
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    JsonNode document =
        Json.mapper().readTree(get(URI.create(base + "/.well-known/openid-configuration")));
    if (!document.path("issuer").asText().equals(issuer)) {
      throw new IOException("its discovery document names another issuer");
    }
    URI address = URI.create(document.path("jwks_uri").asText());
    requireSecure(address);
    return address;
  }

  private String get(URI address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build(),
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  /** By TLS, or on this machine. */
  private static void requireSecure(URI address) {
    boolean secure =
        "https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && isThisMachine(address.getHost()));
    if (!secure || address.getHost() == null || address.getFragment() != null) {
      throw new IllegalArgumentException(
          "an issuer and its keys are reached by https, not as " + address);
    }
  }

  private static boolean isThisMachine(String host) {
    try {
      return "localhost".equals(host) || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
