package app.heyblue.security.tokens;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.kernel.Uuids;
import app.heyblue.security.Caller;
import app.heyblue.security.GoodToken;
import app.heyblue.security.SecurityConfig;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Access tokens as JWTs (RFC 7519, RFC 9068), signed with ES256 under one of {@link SigningKeys}.
 * What a token's header says about keys is never followed: it may only name ours.
 */
@Singleton
public class AccessTokens {
  /** How long a token lives. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  static final String AUDIENCE = "heyblue";
  static final String TYPE = "at+jwt";
  static final int SKEW_SECONDS = 5;
  private static final int LONGEST = 4096;
  private static final int REMEMBERED = 20_000;
  private static final String SESSION = "sid";
  private static final String GROUPS = "groups";

  private final SigningKeys keys;
  private final String issuer;
  private final IdGenerator ids;
  private final Clock clock;

  /** Signatures that were good, by the token's hash: checking one costs more than a request. */
  private final Cache<ByteBuffer, GoodToken> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(LIFETIME).build();

  public AccessTokens(SigningKeys keys, SecurityConfig config, IdGenerator ids, Clock clock) {
    this.keys = keys;
    this.issuer = config.issuer();
    this.ids = ids;
    this.clock = clock;
  }

  public String issue(Caller caller) {
    Instant now = clock.instant();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(AUDIENCE);
    claims.setSubject(caller.userId().toString());
    claims.setStringClaim(SESSION, caller.sessionId().toString());
    claims.setStringListClaim(GROUPS, caller.kind().toString());
    claims.setIssuedAt(date(now));
    claims.setExpirationTime(date(now.plus(LIFETIME)));
    claims.setJwtId(ids.next().toString());
    PublicJsonWebKey signing = keys.signing().jwk();
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    token.setKeyIdHeaderValue(signing.getKeyId());
    token.setHeader("typ", TYPE);
    token.setPayload(claims.toJson());
    token.setKey(signing.getPrivateKey());
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whom a token speaks for; empty unless it is ours, whole and in date. */
  public Optional<Caller> verify(String token) {
    return accept(token).map(GoodToken::caller);
  }

  /** {@link #verify} with what's needed to ask again without the token. */
  public Optional<GoodToken> accept(String token) {
    if (token.length() > LONGEST || !CompactForm.matches(token)) {
      return Optional.empty();
    }
    ByteBuffer hash = hash(token);
    GoodToken known = verified.getIfPresent(hash);
    if (known == null) {
      Optional<GoodToken> checked = check(token);
      checked.ifPresent(good -> verified.put(hash, good));
      return checked;
    }
    return holds(known) ? Optional.of(known) : Optional.empty();
  }

  /** Whether a token of ours that was good is in date, and its key not withdrawn. */
  public boolean holds(GoodToken token) {
    String key = token.keyId();
    return key != null && isInDate(token) && keys.find(key).isPresent();
  }

  private boolean isInDate(GoodToken token) {
    Instant now = clock.instant();
    return now.minusSeconds(SKEW_SECONDS).isBefore(token.expiresAt())
        && !token.expiresAt().isAfter(now.plus(LIFETIME).plusSeconds(60));
  }

  private Optional<GoodToken> check(String token) {
    try {
      JwtContext context =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(
                  ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
              .setVerificationKeyResolver((jws, nested) -> ours(jws))
              .setExpectedType(true, TYPE)
              .setExpectedIssuer(true, issuer)
              .setExpectedAudience(true, AUDIENCE)
              .setRequireSubject()
              .setRequireIssuedAt()
              .setRequireExpirationTime()
              .setRequireJwtId()
              .setMaxFutureValidityInMinutes((int) LIFETIME.toMinutes() + 1)
              .setEvaluationTime(date(clock.instant()))
              .setAllowedClockSkewInSeconds(SKEW_SECONDS)
              .build()
              .process(token);
      JwtClaims claims = context.getJwtClaims();
      List<String> groups = claims.getStringListClaimValue(GROUPS);
      String session = claims.getStringClaimValue(SESSION);
      if (groups == null || groups.size() != 1 || session == null) {
        return Optional.empty();
      }
      Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
      return Optional.of(
          new GoodToken(
              new Caller(
                  UserId.parse(claims.getSubject()),
                  PartyKind.parse(groups.getFirst()),
                  Uuids.parse(session)),
              expires,
              expires,
              context.getJoseObjects().getFirst().getKeyIdHeaderValue()));
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public keys by which others verify tokens, a JWK set (RFC 7517). */
  public String publicKeys() {
    return new JsonWebKeySet(keys.published().stream().map(SigningKey::jwk).toList())
        .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  private Key ours(JsonWebSignature token) throws UnresolvableKeyException {
    String id = token.getKeyIdHeaderValue();
    return Optional.ofNullable(id)
        .flatMap(keys::find)
        .orElseThrow(() -> new UnresolvableKeyException("not one of our keys"))
        .jwk()
        .getPublicKey();
  }

  private static NumericDate date(Instant at) {
    return NumericDate.fromSeconds(at.getEpochSecond());
  }
}
