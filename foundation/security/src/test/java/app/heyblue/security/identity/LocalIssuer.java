package app.heyblue.security.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.heyblue.kernel.Json;
import app.heyblue.security.SecurityConfig.OidcIssuer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * An OpenID provider on this machine: discovery document, keys, and tokens as a test wants them.
 */
final class LocalIssuer implements AutoCloseable {
  static final String AUDIENCE = "https://heyblue.example/api";
  final AtomicInteger keyRequests = new AtomicInteger();
  final List<PublicJsonWebKey> published = new ArrayList<>();
  private final HttpServer server;
  String named;
  boolean away;

  LocalIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      named = address();
      answer("/.well-known/openid-configuration", this::document);
      answer("/keys", this::keys);
      server.start();
      published.add(rsa("rsa-1"));
      published.add(ec("ec-1"));
    } catch (IOException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  OidcIssuer settings() {
    return settings("at+jwt", true, Optional.empty());
  }

  OidcIssuer settings(String type, boolean linkByEmail, Optional<URI> keys) {
    return new Settings(address(), AUDIENCE, keys, type, linkByEmail);
  }

  record Settings(
      String issuer, String audience, Optional<URI> jwksUrl, String tokenType, boolean linkByEmail)
      implements OidcIssuer {}

  /** A good token, but for what the test changes. */
  String token(PublicJsonWebKey key, Instant now, String subject, Consumer<JwtClaims> change) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(address());
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + 3600));
    claims.setStringClaim("sid", "session of " + subject);
    change.accept(claims);
    return sign(key, claims, jws -> {});
  }

  static String sign(PublicJsonWebKey key, JwtClaims claims, Consumer<JsonWebSignature> change) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue(key.getAlgorithm());
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setHeader("typ", "at+jwt");
    jws.setKey(key.getPrivateKey());
    jws.setPayload(claims.toJson());
    jws.setDoKeyValidation(false);
    change.accept(jws);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  static PublicJsonWebKey rsa(String id) throws JoseException {
    return named(RsaJwkGenerator.generateJwk(2048), id, "RS256");
  }

  static PublicJsonWebKey ec(String id) throws JoseException {
    return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), id, "ES256");
  }

  private static PublicJsonWebKey named(PublicJsonWebKey key, String id, String algorithm) {
    key.setKeyId(id);
    key.setAlgorithm(algorithm);
    key.setUse("sig");
    return key;
  }

  private interface Document {
    String write() throws IOException;
  }

  private void answer(String path, Document document) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = document.write().getBytes(UTF_8);
          exchange.sendResponseHeaders(away ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private String document() throws IOException {
    return Json.mapper()
        .writeValueAsString(Map.of("issuer", named, "jwks_uri", address() + "/keys"));
  }

  private String keys() {
    keyRequests.incrementAndGet();
    return new JsonWebKeySet(List.copyOf(published))
        .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
