package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.SecurityConfig.OidcIssuer;
import app.heyblue.security.oidc.ForeignSessions;
import app.heyblue.security.oidc.TrustedIssuers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of another issuer, over real HTTP. */
class OtherIssuersIT {
  private static final String EMAIL = "ada@example.org";
  @TempDir Path home;
  private final LocalIssuer issuer = new LocalIssuer();
  private Desk desk;
  private ForeignSessions foreign;
  private UserId ada;

  @BeforeEach
  void open() {
    desk = new Desk(House.over(home));
    foreign = trusting(Map.of("town", issuer.settings()));
    ada = desk.enabled(PartyKind.MERCHANT, EMAIL);
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void aVerifiedAddressLinksOnceAndFromThenOnTheSubjectIsEnough() {
    Caller caller = foreign.accept(token("sub-1", verified(EMAIL)), none()).orElseThrow();
    assertThat(caller.userId()).isEqualTo(ada);
    assertThat(caller.kind()).isEqualTo(PartyKind.MERCHANT);

    assertThat(foreign.accept(token("sub-1", claims -> {}), none())).contains(caller);
    assertThat(foreign.accept(token("sub-1", verified("new@example.org")), none()))
        .contains(caller);
    // Whoever gets the address at the issuer later isn't Ada.
    refused("not-linked", token("sub-2", verified(EMAIL)), none());
  }

  @Test
  void everyKeyOfTheIssuerIsGood() {
    for (PublicJsonWebKey key : issuer.published) {
      assertThat(foreign.accept(token(key, "sub-1", verified(EMAIL)), none())).isPresent();
    }
    assertThat(issuer.keyRequests).hasValue(1);
  }

  @Test
  void anAddressThatIsntVerifiedLinksNobody() {
    refused("not-linked", token("sub-1", claims -> claims.setStringClaim("email", EMAIL)), none());
    refused(
        "not-linked",
        token(
            "sub-1",
            claims -> {
              claims.setStringClaim("email", EMAIL);
              claims.setClaim("email_verified", false);
            }),
        none());
    refused("not-linked", token("sub-1", verified("nobody@example.org")), none());
    foreign = trusting(Map.of("town", issuer.settings("at+jwt", false, Optional.empty())));
    refused("not-linked", token("sub-1", verified(EMAIL)), none());
  }

  @Test
  void administratorsAndAccountsNotYetEnabledAreNeverLinkedByAddress() {
    desk.enabled(PartyKind.ADMIN, "root@example.org");
    desk.created(PartyKind.MERCHANT, "early@example.org");
    refused("not-linked", token("sub-1", verified("root@example.org")), none());
    refused("not-linked", token("sub-2", verified("early@example.org")), none());
  }

  @Test
  void theOperatorLinksWhomeverAndReplacesALink() {
    UserId root = desk.enabled(PartyKind.ADMIN, "root@example.org");
    foreign.link(root, "town", "sub-1");
    assertThat(foreign.accept(token("sub-1", claims -> {}), none()).orElseThrow().kind())
        .isEqualTo(PartyKind.ADMIN);

    foreign.link(root, "town", "sub-2");
    desk.house.pass(Duration.ofMinutes(2));
    refused("not-linked", token("sub-1", claims -> {}), none());
    assertThatThrownBy(() -> foreign.link(ada, "town", "sub-2"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> foreign.link(ada, "village", "sub-3"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> foreign.link(desk.house.party(), "town", "sub-3"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void thoseOfOneDeviceNameIt() {
    for (PartyKind kind : List.of(PartyKind.CIVILIAN, PartyKind.OFFICER)) {
      String email = kind + "@example.org";
      UserId person = desk.enabled(kind, email);
      String token = token(kind.toString(), verified(email));
      refused("other-device", token, none());
      refused("other-device", token, Optional.of("device-2"));
      assertThat(foreign.accept(token, Optional.of(Desk.DEVICE)).orElseThrow().userId())
          .isEqualTo(person);
      desk.provider.relinkDevice(person, "device-2");
      assertThat(foreign.accept(token, Optional.of(Desk.DEVICE))).isEmpty();
    }
  }

  @Test
  void aSessionThatEndedHereStaysEndedThoughTheIssuerGoesOn() {
    Caller caller = foreign.accept(token("sub-1", verified(EMAIL)), none()).orElseThrow();
    desk.sessions.signOut(caller);
    assertThat(foreign.accept(token("sub-1", claims -> {}), none())).isEmpty();
    desk.house.pass(Duration.ofMinutes(20));
    desk.keeper.listen();
    assertThat(foreign.accept(token("sub-1", claims -> {}), none())).isEmpty();

    Consumer<JwtClaims> signedInAgain = claims -> claims.setStringClaim("sid", "another");
    Caller again = foreign.accept(token("sub-1", signedInAgain), none()).orElseThrow();
    desk.provider.resetPassword(ada, desk.provider.hash("another horse", EMAIL));
    assertThat(foreign.accept(token("sub-1", signedInAgain), none())).isEmpty();
    assertThat(again.sessionId()).isNotEqualTo(caller.sessionId());
  }

  @Test
  void aSessionThatEndedStaysEndedHoweverOftenItsTokenIsTried() {
    String token = token("sub-1", verified(EMAIL));
    desk.sessions.signOut(foreign.accept(token, none()).orElseThrow());
    for (int i = 0; i < 40; i++) {
      assertThat(foreign.accept(token, none())).as("after %d half minutes", i).isEmpty();
      desk.house.pass(Duration.ofSeconds(30));
      desk.keeper.listen();
    }
  }

  @Test
  void whatAReplacedLinkBeganEndsAtOnceAndNothingElse() {
    Caller own = desk.accepted(desk.signIn(EMAIL)).orElseThrow();
    String token = token("sub-1", verified(EMAIL));
    assertThat(foreign.accept(token, none())).isPresent();
    foreign.link(ada, "town", "sub-2");
    assertThat(foreign.accept(token, none())).isEmpty();
    assertThat(desk.ended.contains(own.sessionId())).isFalse();
    assertThat(foreign.accept(token("sub-2", claims -> {}), none())).isPresent();
  }

  @Test
  void aSessionOutlivesItsTokensByThirtyDays() {
    Caller caller = foreign.accept(token("sub-1", verified(EMAIL)), none()).orElseThrow();
    desk.house.pass(Duration.ofDays(30));
    desk.keeper.clean();
    assertThat(foreign.accept(token("sub-1", claims -> {}), none())).contains(caller);
    desk.house.pass(Duration.ofDays(31));
    desk.keeper.clean();
    assertThat(foreign.accept(token("sub-1", claims -> {}), none())).isEmpty();
  }

  @Test
  void whoWasSignedOutStaysSoForMonths() {
    desk.sessions.signOut(foreign.accept(token("sub-1", verified(EMAIL)), none()).orElseThrow());
    for (int months = 0; months < 7; months++) {
      desk.house.pass(Duration.ofDays(40));
      desk.keeper.clean();
      assertThat(foreign.accept(token("sub-1", claims -> {}), none())).isEmpty();
    }
  }

  @Test
  void aNewKeyIsFoundAndUnknownKeysAskTheIssuerOnceAMinute() throws Exception {
    assertThat(foreign.accept(token("sub-1", verified(EMAIL)), none())).isPresent();
    PublicJsonWebKey next = LocalIssuer.ec("ec-2");
    desk.house.pass(Duration.ofMinutes(1));
    for (int i = 0; i < 20; i++) {
      assertThat(foreign.accept(token(next, "sub-1", claims -> {}), none())).isEmpty();
    }
    assertThat(issuer.keyRequests).hasValue(2);
    issuer.published.add(next);
    assertThat(foreign.accept(token(next, "sub-1", claims -> {}), none())).isEmpty();
    desk.house.pass(Duration.ofMinutes(1));
    assertThat(foreign.accept(token(next, "sub-1", claims -> {}), none())).isPresent();
    assertThat(issuer.keyRequests).hasValue(3);
  }

  @Test
  void aWithdrawnKeyIsRefusedAfterAnHourAndAnAbsentIssuerIsTrustedForADay() {
    PublicJsonWebKey withdrawn = issuer.published.getFirst();
    assertThat(foreign.accept(token(withdrawn, "sub-1", verified(EMAIL)), none())).isPresent();
    issuer.away = true;
    desk.house.pass(Duration.ofHours(23));
    assertThat(foreign.accept(token(withdrawn, "sub-1", claims -> {}), none())).isPresent();
    desk.house.pass(Duration.ofHours(1));
    assertThat(foreign.accept(token(withdrawn, "sub-1", claims -> {}), none())).isEmpty();

    issuer.away = false;
    desk.house.pass(Duration.ofMinutes(1));
    assertThat(foreign.accept(token(withdrawn, "sub-1", claims -> {}), none())).isPresent();
    issuer.published.removeFirst();
    desk.house.pass(Duration.ofHours(1));
    assertThat(foreign.accept(token(withdrawn, "sub-1", claims -> {}), none())).isEmpty();
  }

  @Test
  void aDiscoveryDocumentOfAnotherIssuerIsNotBelieved() {
    issuer.named = "https://evil.example";
    assertThat(foreign.accept(token("sub-1", verified(EMAIL)), none())).isEmpty();
    assertThat(issuer.keyRequests).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://issuer.example", "file:///etc/passwd", "https:///x", "ftp://a.b"})
  void anIssuerWithoutTlsIsRefusedAtTheStart(String address) {
    OidcIssuer wrong = new LocalIssuer.Settings(address, "us", Optional.empty(), "at+jwt", true);
    assertThatThrownBy(() -> trusting(Map.of("wrong", wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  @Test
  void keysWithoutDiscovery() {
    foreign =
        trusting(
            Map.of(
                "town",
                issuer.settings("JWT", true, Optional.of(URI.create(issuer.address() + "/keys")))));
    issuer.named = "unused";
    assertThat(
            foreign.accept(
                signed(claims(verified(EMAIL)), jws -> jws.setHeader("typ", "JWT")), none()))
        .isPresent();
    assertThat(foreign.accept(token("sub-1", verified(EMAIL)), none())).isEmpty();
  }

  @Test
  void oneIssuerCantSpeakForAnother() {
    try (LocalIssuer other = new LocalIssuer()) {
      foreign = trusting(Map.of("town", issuer.settings(), "other", other.settings()));
      assertThat(foreign.accept(token("sub-1", verified(EMAIL)), none())).isPresent();
      // The same subject at another issuer is somebody else.
      refused(
          "not-linked",
          other.token(other.published.getFirst(), desk.house.now.get(), "sub-1", claims -> {}),
          none());
      // The other issuer's key under the name of the first.
      assertThat(
              foreign.accept(
                  issuer.token(
                      other.published.getFirst(), desk.house.now.get(), "sub-1", claims -> {}),
                  none()))
          .isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoAccessTokenForUs() {
    accepted(claims -> {});
    refused(claims -> claims.setAudience("somebody else"));
    refused(claims -> claims.unsetClaim("aud"));
    refused(claims -> claims.unsetClaim("sub"));
    refused(claims -> claims.unsetClaim("exp"));
    refused(claims -> claims.unsetClaim("iat"));
    refused(claims -> claims.setExpirationTime(at(-31)));
    refused(claims -> claims.setNotBefore(at(60)));
    refused(claims -> claims.setIssuedAt(at(60)));
    refused(claims -> claims.setIssuedAt(at(-90_000)));
    refused(claims -> claims.setExpirationTime(at(90_000)));
    refused(claims -> claims.setStringClaim("nonce", "n"));
    refused(claims -> claims.setStringClaim("at_hash", "h"));
    refused(claims -> claims.setStringClaim("token_use", "id"));
    refused(claims -> claims.setStringClaim("typ", "Refresh"));
    accepted(claims -> claims.setStringClaim("token_use", "access"));
    accepted(claims -> claims.setStringClaim("typ", "Bearer"));
  }

  @Test
  void refusesTheTricksWithHeaders() throws Exception {
    JwtClaims claims = claims(verified(EMAIL));
    assertThat(foreign.accept(signed(claims, jws -> {}), none())).isPresent();
    PublicJsonWebKey evil = LocalIssuer.rsa("rsa-1");
    List<Consumer<JsonWebSignature>> tricks =
        List.of(
            jws -> jws.setHeader("typ", "JWT"),
            jws -> jws.setKey(evil.getPrivateKey()),
            jws -> {
              jws.setKey(evil.getPrivateKey());
              jws.setJwkHeader(evil);
              jws.setHeader("jku", "https://evil.example/keys");
            },
            jws -> jws.setKeyIdHeaderValue("ec-1"),
            jws -> jws.setKeyIdHeaderValue("../keys"),
            jws -> jws.setKeyIdHeaderValue(null),
            jws -> {
              jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
              jws.setAlgorithmHeaderValue("none");
              jws.setKey(null);
            },
            jws -> {
              jws.setAlgorithmHeaderValue("HS256");
              jws.setKey(new HmacKey(issuer.published.getFirst().getPublicKey().getEncoded()));
            },
            jws -> {
              jws.setAlgorithmHeaderValue("HS256");
              jws.setKey(
                  new HmacKey(
                      issuer.published.getFirst().toJson().getBytes(StandardCharsets.UTF_8)));
            });
    for (Consumer<JsonWebSignature> trick : tricks) {
      assertThat(foreign.accept(signed(claims, trick), none())).isEmpty();
    }
  }

  @Test
  void ourOwnTokensAndThoseOfStrangersAreNotForeign() {
    assertThat(foreign.isForeign(desk.signIn(EMAIL).accessToken())).isFalse();
    assertThat(foreign.isForeign("a.b.c")).isFalse();
    assertThat(foreign.isForeign(token("sub-1", claims -> claims.setIssuer("heyblue")))).isFalse();
    assertThat(foreign.isForeign(token("sub-1", claims -> {}))).isTrue();
    assertThat(desk.house.tokens.verify(token("sub-1", claims -> {}))).isEmpty();
  }

  @Test
  void aTokenThatAnotherIssuerMadeInOurNameIsRefused() {
    String token =
        token(
            "sub-1",
            claims -> {
              claims.setIssuer("heyblue");
              claims.setAudience("heyblue");
              claims.setSubject(ada.toString());
              claims.setStringListClaim("groups", "admin");
              claims.setStringClaim("sid", desk.house.ids.next().toString());
              claims.setJwtId("one");
            });
    assertThat(desk.house.tokens.verify(token)).isEmpty();
    assertThat(foreign.isForeign(token)).isFalse();
  }

  private ForeignSessions trusting(Map<String, OidcIssuer> issuers) {
    House.Settings config = House.config(home).withOidc(issuers);
    return new ForeignSessions(
        new TrustedIssuers(config, desk.house.clock),
        desk.house.database,
        new Identities(),
        desk.sessions,
        desk.ended,
        desk.house.fingerprints,
        desk.house.audit,
        desk.house.clock);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Consumer<JwtClaims> verified(String email) {
    return claims -> {
      claims.setStringClaim("email", email);
      claims.setClaim("email_verified", true);
    };
  }

  private String token(String subject, Consumer<JwtClaims> change) {
    return token(issuer.published.getFirst(), subject, change);
  }

  private String token(PublicJsonWebKey key, String subject, Consumer<JwtClaims> change) {
    return issuer.token(key, desk.house.now.get(), subject, change);
  }

  private JwtClaims claims(Consumer<JwtClaims> change) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer.address());
    claims.setAudience(LocalIssuer.AUDIENCE);
    claims.setSubject("sub-1");
    claims.setIssuedAt(at(0));
    claims.setExpirationTime(at(600));
    change.accept(claims);
    return claims;
  }

  private String signed(JwtClaims claims, Consumer<JsonWebSignature> change) {
    return LocalIssuer.sign(issuer.published.getFirst(), claims, change);
  }

  private NumericDate at(long secondsFromNow) {
    return NumericDate.fromSeconds(desk.house.now.get().getEpochSecond() + secondsFromNow);
  }

  private void accepted(Consumer<JwtClaims> change) {
    assertThat(foreign.accept(token("sub-1", verified(EMAIL).andThen(change)), none())).isPresent();
  }

  private void refused(Consumer<JwtClaims> change) {
    assertThat(foreign.accept(token("sub-1", verified(EMAIL).andThen(change)), none())).isEmpty();
  }

  private void refused(String slug, String token, Optional<String> device) {
    assertThatThrownBy(() -> foreign.accept(token, device))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type().slug()).isEqualTo(slug);
              assertThat(problem.type().status()).isEqualTo(403);
            });
  }
}
