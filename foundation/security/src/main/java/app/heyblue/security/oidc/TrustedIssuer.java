package app.heyblue.security.oidc;

import app.heyblue.security.SecurityConfig;
import java.net.http.HttpClient;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** An issuer that the operator trusts, and how its tokens are checked (RFC 8725, RFC 9068). */
final class TrustedIssuer {
  /** A token lives for a day at most, whatever its issuer thinks. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final int SKEW_SECONDS = 30;

  /** By public keys only: a secret that is shared with us could also sign. */
  private static final String[] ALGORITHMS = {
    "ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"
  };

  /** What only tokens of other purposes say: ID tokens, and those of Keycloak and Cognito. */
  private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

  private final String name;
  private final SecurityConfig.OidcIssuer settings;
  private final IssuerKeys keys;
  private final Clock clock;

  TrustedIssuer(String name, SecurityConfig.OidcIssuer settings, HttpClient http, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.keys = new IssuerKeys(settings.issuer(), settings.jwksUrl(), http, clock);
    this.clock = clock;
  }

  /** The name that the operator gave it. */
  String name() {
    return name;
  }

  String issuer() {
    return settings.issuer();
  }

  boolean linksByEmail() {
    return settings.linkByEmail();
  }

  /** Checks a token, which may need to fetch keys; empty unless it is whole, ours and in date. */
  Optional<ForeignToken> verify(String token) {
    try {
      JwtClaims claims = consumer().processToClaims(token);
      if (isForAnotherPurpose(claims)) {
        return Optional.empty();
      }
      return Optional.of(
          new ForeignToken(
              this,
              claims.getSubject(),
              session(claims, token),
              claims.hasClaim("sid") || claims.hasClaim("auth_time"),
              email(claims),
              Instant.ofEpochSecond(claims.getExpirationTime().getValue())));
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
        .setVerificationKeyResolver((jws, nested) -> key(jws))
        .setExpectedType(true, settings.tokenType())
        .setExpectedIssuer(true, settings.issuer())
        .setExpectedAudience(true, settings.audience())
        .setRequireSubject()
        .setRequireExpirationTime()
        .setMaxFutureValidityInMinutes((int) LONGEST.toMinutes())
        .setIssuedAtRestrictions(0, (int) LONGEST.toSeconds())
        .setRequireIssuedAt()
        .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .build();
  }

  /** What a header says of keys but for their id is never followed. */
  private Key key(JsonWebSignature jws) throws UnresolvableKeyException {
    String keyId = jws.getKeyIdHeaderValue();
    if (keyId == null || keyId.length() > 200) {
      throw new UnresolvableKeyException("no key id");
    }
    try {
      JsonWebKey found = new VerificationJwkSelector().select(jws, keys.having(keyId));
      if (found != null && keyId.equals(found.getKeyId())) {
        return found.getKey();
      }
    } catch (JoseException e) {
      throw new UnresolvableKeyException("no key for this token", e);
    }
    throw new UnresolvableKeyException("no key of this id");
  }

  private static boolean isForAnotherPurpose(JwtClaims claims) throws MalformedClaimException {
    String use = claims.getStringClaimValue("token_use");
    String type = claims.getStringClaimValue("typ");
    return OF_ID_TOKENS.stream().anyMatch(claims::hasClaim)
        || (use != null && !use.equals("access"))
        || (type != null && !type.toLowerCase(Locale.ROOT).equals("bearer"));
  }

  /** The issuer's session, or the moment of signing in there, or this token alone. */
  private static String session(JwtClaims claims, String token) throws MalformedClaimException {
    String session = claims.getStringClaimValue("sid");
    if (session != null) {
      return "sid:" + session;
    }
    return claims.hasClaim("auth_time")
        ? "auth_time:" + claims.getNumericDateClaimValue("auth_time").getValue()
        : "token:" + token;
  }

  private static Optional<String> email(JwtClaims claims) throws MalformedClaimException {
    Object verified = claims.getClaimValue("email_verified");
    return Boolean.TRUE.equals(verified) || "true".equals(verified)
        ? Optional.ofNullable(claims.getStringClaimValue("email"))
        : Optional.empty();
  }
}
