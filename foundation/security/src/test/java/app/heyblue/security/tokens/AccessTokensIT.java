package app.heyblue.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.SecurityConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensIT {
  @TempDir Path home;
  private House house;
  private Caller caller;
  private KeyPair ours;
  private String kid;

  @BeforeEach
  void open() throws Exception {
    house = House.over(home);
    caller = house.caller(PartyKind.CIVILIAN);
    ours = house.keys.p256("access-tokens");
    kid = publicKey().getKeyId();
  }

  @Test
  void aTokenSpeaksForItsCallerForFifteenMinutes() {
    String token = house.tokens.issue(caller);

    assertThat(house.tokens.verify(token)).contains(caller);
    house.pass(Duration.ofMinutes(15).plusSeconds(4));
    assertThat(house.tokens.verify(token)).contains(caller);
    house.pass(Duration.ofSeconds(2));
    assertThat(house.tokens.verify(token)).isEmpty();
  }

  @Test
  void survivesARestart() {
    assertThat(house.another().tokens.verify(house.tokens.issue(caller))).contains(caller);
  }

  @Test
  void strangersVerifyByThePublishedKeys() throws Exception {
    PublicJsonWebKey published = publicKey();
    JsonWebSignature token = new JsonWebSignature();
    token.setCompactSerialization(house.tokens.issue(caller));
    token.setKey(published.getKey());

    assertThat(token.verifySignature()).isTrue();
    assertThat(published.getPrivateKey()).isNull();
    assertThat(published.getAlgorithm()).isEqualTo("ES256");
    assertThat(house.tokens.publicKeys()).doesNotContain("\"d\"");
  }

  @Test
  void aTokenMadeAsOursIsAcceptedSoThatTheRefusalsBelowMeanSomething() throws Exception {
    assertThat(verify(token(claims(), jws -> {}))).contains(caller);
  }

  @Test
  void refusesNoSignature() throws Exception {
    String none =
        token(
            claims(),
            jws -> {
              jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
              jws.setAlgorithmHeaderValue("none");
              jws.setKey(null);
            });
    assertThat(verify(none)).isEmpty();
    String signed = house.tokens.issue(caller);
    assertThat(verify(signed.substring(0, signed.lastIndexOf('.') + 1))).isEmpty();
    assertThat(verify(none.substring(0, none.indexOf('.')) + signed.substring(signed.indexOf('.'))))
        .isEmpty();
  }

  @Test
  void refusesHmacUnderThePublicKey() throws Exception {
    byte[] der = ours.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret :
        List.of(
            der,
            pem.getBytes(StandardCharsets.US_ASCII),
            house.tokens.publicKeys().getBytes(StandardCharsets.US_ASCII))) {
      Key key = new HmacKey(secret);
      assertThat(
              verify(
                  token(
                      claims(),
                      jws -> {
                        jws.setAlgorithmHeaderValue("HS256");
                        jws.setKey(key);
                      })))
          .isEmpty();
    }
  }

  @Test
  void refusesAnotherKeyUnderAnyKeyId() throws Exception {
    KeyPair other = p256();
    assertThat(verify(token(claims(), jws -> jws.setKey(other.getPrivate())))).isEmpty();
    assertThat(verify(token(claims(), jws -> jws.setKeyIdHeaderValue("other")))).isEmpty();
    assertThat(
            verify(
                token(
                    claims(),
                    jws -> {
                      jws.setKey(other.getPrivate());
                      jws.setKeyIdHeaderValue("other");
                    })))
        .isEmpty();
  }

  @Test
  void refusesAKeyThatTheTokenBringsAlong() throws Exception {
    KeyPair other = p256();
    PublicJsonWebKey brought = PublicJsonWebKey.Factory.newPublicJwk(other.getPublic());
    for (String id : List.of(kid, "brought")) {
      brought.setKeyId(id);
      assertThat(
              verify(
                  token(
                      claims(),
                      jws -> {
                        jws.setKey(other.getPrivate());
                        jws.setKeyIdHeaderValue(id);
                        jws.setJwkHeader(brought);
                        jws.setHeader("jku", "https://example.org/jwks.json");
                      })))
          .isEmpty();
    }
  }

  @Test
  void refusesAnAlteredPayloadHeaderOrSignature() {
    String token = house.tokens.issue(caller);
    for (int place = 0; place < token.length(); place++) {
      char changed = token.charAt(place) == 'A' ? 'Q' : 'A';
      String altered = token.substring(0, place) + changed + token.substring(place + 1);
      assertThat(verify(altered)).isEmpty();
    }
    String[] parts = token.split("\\.", -1);
    String admin =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("civilian", "admin");
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(admin.getBytes(StandardCharsets.UTF_8));
    assertThat(verify(parts[0] + "." + payload + "." + parts[2])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "sub", "sid", "groups", "iat", "exp", "jti"})
  void refusesATokenWithoutOneOfItsClaims(String claim) throws Exception {
    JwtClaims claims = claims();
    claims.unsetClaim(claim);
    assertThat(verify(token(claims, jws -> {}))).isEmpty();
  }

  @Test
  void refusesClaimsOfOthersOrOfAnotherForm() throws Exception {
    refuses(claims -> claims.setIssuer("somebody"));
    refuses(claims -> claims.setAudience("somebody"));
    refuses(claims -> claims.setSubject("not an id"));
    refuses(claims -> claims.setClaim("sub", 7));
    refuses(claims -> claims.setStringClaim("sid", "1-1-1-1-1"));
    refuses(claims -> claims.setStringListClaim("groups", "king"));
    refuses(claims -> claims.setStringListClaim("groups", "civilian", "admin"));
    refuses(claims -> claims.setStringClaim("groups", "admin"));
    refuses(claims -> claims.setClaim("exp", "tomorrow"));
    refuses(
        claims ->
            claims.setExpirationTime(
                NumericDate.fromSeconds(house.now.get().getEpochSecond() - 6)));
    refuses(
        claims ->
            claims.setNotBefore(NumericDate.fromSeconds(house.now.get().getEpochSecond() + 60)));
  }

  @Test
  void refusesAnotherKindOfOurOwnJwt() throws Exception {
    assertThat(verify(token(claims(), jws -> jws.setHeader("typ", "JWT")))).isEmpty();
  }

  @Test
  void refusesTheTokenOfAnotherSystem() {
    SecurityConfig other = House.config(home).withIssuer("another-town");
    AccessTokens town = new AccessTokens(house.signing, other, house.ids, house.clock);
    assertThat(verify(town.issue(caller))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a.b.c", "a.b.c.d.e", "\u0000", "{}", "eyJhbGciOiJub25lIn0.e30."})
  void refusesWhatIsNoToken(String text) {
    assertThat(verify(text)).isEmpty();
  }

  @Test
  void refusesATokenThatIsFarTooLong() {
    assertThat(verify(house.tokens.issue(caller) + "A".repeat(100_000))).isEmpty();
  }

  private void refuses(Consumer<JwtClaims> change) throws Exception {
    JwtClaims claims = claims();
    change.accept(claims);
    assertThat(verify(token(claims, jws -> {}))).isEmpty();
  }

  private Optional<Caller> verify(String token) {
    return house.tokens.verify(token);
  }

  private JwtClaims claims() {
    long now = house.now.get().getEpochSecond();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("heyblue");
    claims.setAudience("heyblue");
    claims.setSubject(caller.userId().toString());
    claims.setStringClaim("sid", caller.sessionId().toString());
    claims.setStringListClaim("groups", caller.kind().toString());
    claims.setIssuedAt(NumericDate.fromSeconds(now));
    claims.setExpirationTime(NumericDate.fromSeconds(now + 900));
    claims.setJwtId("one");
    return claims;
  }

  private String token(JwtClaims claims, Consumer<JsonWebSignature> change) throws Exception {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("ES256");
    jws.setKeyIdHeaderValue(kid);
    jws.setHeader("typ", "at+jwt");
    jws.setKey(ours.getPrivate());
    jws.setPayload(claims.toJson());
    jws.setDoKeyValidation(false);
    change.accept(jws);
    return jws.getCompactSerialization();
  }

  private PublicJsonWebKey publicKey() throws Exception {
    return (PublicJsonWebKey)
        new JsonWebKeySet(house.tokens.publicKeys()).getJsonWebKeys().getFirst();
  }

  private static KeyPair p256() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
