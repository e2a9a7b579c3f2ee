package app.heyblue.security.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published tricks with JWTs (RFC 8725; CVE-2015-9235, CVE-2018-0114, CVE-2022-21449 and their
 * like), written by hand so that no library corrects them.
 */
class JwtAttacksIT {
  private static final BigInteger ORDER_OF_P256 =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  @TempDir Path home;
  private House house;
  private Caller caller;
  private KeyPair ours;
  private String kid;
  private String good;

  @BeforeEach
  void open() {
    house = House.over(home);
    caller = house.caller(PartyKind.CIVILIAN);
    ours = house.keys.p256("access-tokens");
    good = house.tokens.issue(caller);
    kid = header().replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void aTokenWrittenByHandIsAcceptedSoThatTheRefusalsBelowMeanSomething() {
    assertThat(house.tokens.verify(signed(header(), payload()))).contains(caller);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "null"})
  void algNoneInAnySpelling(String algorithm) {
    String header = header().replace("ES256", algorithm);
    refused(base64(header) + "." + base64(payload()) + ".");
    refused(base64(header) + "." + base64(payload()));
    refused(base64(header) + "." + base64(payload()) + "." + signature(good));
    refused(signed(header, payload()));
  }

  @Test
  void algConfusionHmacUnderEveryFormOfThePublicKey() {
    ECPublicKey open = (ECPublicKey) ours.getPublic();
    byte[] der = open.getEncoded();
    byte[] x = unsigned(open.getW().getAffineX());
    byte[] y = unsigned(open.getW().getAffineY());
    byte[] raw = new byte[64];
    System.arraycopy(x, 0, raw, 0, 32);
    System.arraycopy(y, 0, raw, 32, 32);
    byte[] point = new byte[65];
    point[0] = 4;
    System.arraycopy(raw, 0, point, 1, 64);
    String begin = "-----BEGIN PUBLIC KEY-----\n";
    String end = "\n-----END PUBLIC KEY-----";
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    List<byte[]> secrets =
        List.of(
            der,
            raw,
            point,
            x,
            Base64.getEncoder().encode(der),
            (begin + body + end).getBytes(UTF_8),
            (begin + body + end + "\n").getBytes(UTF_8),
            house.tokens.publicKeys().getBytes(UTF_8),
            kid.getBytes(UTF_8),
            new byte[] {0});
    for (byte[] secret : secrets) {
      for (Map.Entry<String, String> hmac :
          Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512").entrySet()) {
        String input = base64(header().replace("ES256", hmac.getKey())) + "." + base64(payload());
        refused(input + "." + base64(hmac(hmac.getValue(), secret, input)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS256", "PS256", "ES384", "ES512", "ES256K", "EdDSA", "es256", "ES256 ", "HS256"})
  void anyOtherAlgorithmThoughTheSignatureIsGood(String algorithm) {
    refused(signed(header().replace("ES256", algorithm), payload()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../dev/null",
        "/dev/null",
        "file:///dev/null",
        "' union select 'AA' --",
        "http://127.0.0.1:1/jwks.json",
        "x\\u0000",
        "access-tokens",
        "ec-p256/access-tokens",
        ""
      })
  void keyIdsThatAreNoneOfOurs(String injected) {
    refused(signed(header().replace(kid, injected), payload()));
    String empty = base64(header().replace(kid, injected).replace("ES256", "HS256"));
    String input = empty + "." + base64(payload());
    refused(input + "." + base64(hmac("HmacSHA256", new byte[] {0}, input)));
  }

  @Test
  void aHeaderWithoutAKeyId() {
    refused(signed(header().replace("\"kid\":\"" + kid + "\",", ""), payload()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"jku\":\"https://evil.example/jwks.json\"",
        "\"x5u\":\"https://evil.example/cert.pem\"",
        "\"x5c\":[\"MIIB\"]",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}"
      })
  void keysThatATokenBringsAlongOpenNothing(String brought) throws Exception {
    KeyPair evil = p256();
    String header = header().replace("{", "{" + brought + ",");
    refused(signed(evil, header, payload()));
    refused(signed(evil, header.replace(kid, "evil"), payload()));
  }

  @Test
  void criticalHeadersThatNobodyUnderstands() {
    refused(signed(header().replace("{", "{\"crit\":[\"exp\"],\"exp\":1,"), payload()));
    refused(signed(header().replace("{", "{\"crit\":[\"x-ours\"],\"x-ours\":true,"), payload()));
    refused(signed(header().replace("{", "{\"crit\":[\"b64\"],\"b64\":false,"), payload()));
  }

  @Test
  void aSignatureOfNothing() {
    String input = base64(header()) + "." + base64(payload()) + ".";
    byte[] order = unsigned(ORDER_OF_P256);
    for (byte[] r : List.of(new byte[32], order)) {
      for (byte[] s : List.of(new byte[32], order)) {
        byte[] both = Arrays.copyOf(r, 64);
        System.arraycopy(s, 0, both, 32, 32);
        refused(input + base64(both));
      }
    }
    for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
      refused(input + base64(new byte[length]));
    }
  }

  @Test
  void aSignatureInDerInsteadOfTheJwsForm() throws Exception {
    String input = base64(header()) + "." + base64(payload());
    Signature der = Signature.getInstance("SHA256withECDSA");
    der.initSign(ours.getPrivate());
    der.update(input.getBytes(UTF_8));
    refused(input + "." + base64(der.sign()));
  }

  @Test
  void theOtherValidSignatureOfEcdsaSaysNothingElse() {
    byte[] signature = Base64.getUrlDecoder().decode(signature(good));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    System.arraycopy(unsigned(ORDER_OF_P256.subtract(s)), 0, signature, 32, 32);
    String other = good.substring(0, good.lastIndexOf('.') + 1) + base64(signature);
    // ECDSA is malleable. Nothing here depends on a token's text: sessions are ended by their id.
    assertThat(house.tokens.verify(other).map(Caller::sessionId).orElse(caller.sessionId()))
        .isEqualTo(caller.sessionId());
  }

  @Test
  void claimsOrHeadersThatAreThereTwice() {
    String admin = payload().replace("{", "{\"groups\":[\"admin\"],");
    refused(signed(header(), admin));
    refused(signed(header(), payload().replace("}", ",\"sub\":\"" + house.party() + "\"}")));
    refused(signed(header().replace("{", "{\"alg\":\"none\","), payload()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "id+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "qr"})
  void tokensOfAnotherType(String type) {
    refused(signed(header().replace("at+jwt", type), payload()));
  }

  @Test
  void aHeaderWithoutAType() {
    refused(signed(header().replaceAll(",?\"typ\":\"at\\+jwt\"", ""), payload()));
  }

  @Test
  void aNestedTokenWithAnUnsecuredOneInside() {
    String inner = base64("{\"alg\":\"none\"}") + "." + base64(payload()) + ".";
    refused(signed(header().replace("{", "{\"cty\":\"JWT\","), inner));
    String signedInner = good;
    refused(
        base64("{\"alg\":\"none\",\"cty\":\"JWT\",\"typ\":\"at+jwt\"}")
            + "."
            + base64(signedInner)
            + ".");
  }

  @Test
  void anEncryptedTokenThatAnybodyCanMake() throws Exception {
    String nested = base64("{\"alg\":\"none\"}") + "." + base64(payload()) + ".";
    refused(encrypted("at+jwt", payload()));
    refused(encrypted("JWT", nested));
  }

  private String encrypted(String contentType, String payload) throws Exception {
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.ECDH_ES);
    jwe.setEncryptionMethodHeaderParameter(
        ContentEncryptionAlgorithmIdentifiers.AES_128_CBC_HMAC_SHA_256);
    jwe.setKeyIdHeaderValue(kid);
    jwe.setHeader("typ", "at+jwt");
    jwe.setContentTypeHeaderValue(contentType);
    jwe.setKey(ours.getPublic());
    jwe.setPayload(payload);
    return jwe.getCompactSerialization();
  }

  @Test
  void theJsonSerialisation() {
    String[] parts = good.split("\\.", -1);
    refused(
        "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
            .formatted(parts[0], parts[1], parts[2]));
  }

  @Test
  void whiteSpaceAndOtherFormsOfBase64() {
    String[] parts = good.split("\\.", -1);
    for (String space : List.of(" ", "\n", "\t", "\r\n", "\u00a0", "\u0000")) {
      for (String token :
          List.of(
              space + good,
              good + space,
              parts[0] + space + "." + parts[1] + "." + parts[2],
              parts[0]
                  + "."
                  + parts[1].substring(0, 8)
                  + space
                  + parts[1].substring(8)
                  + "."
                  + parts[2])) {
        assertThat(house.tokens.verify(token)).as("space %s", (int) space.charAt(0)).isEmpty();
      }
    }
    refused(good + "=");
    refused(good + "==");
    refused(good + ".");
    refused("." + good);
    refused(good.replace(".", ".."));
    refused(good + "A");
  }

  @Test
  void aHugeTokenIsRefusedUnread() {
    refused(signed(header(), payload().replace("}", ",\"x\":\"" + "x".repeat(1_000_000) + "\"}")));
    refused("a.".repeat(1_000_000));
    refused(signed(header(), "[".repeat(2_000)));
  }

  @Test
  void numbersThatOverflow() {
    String exp = payload().replaceAll("\"exp\":\\d+", "\"exp\":%s");
    for (String number :
        List.of("9".repeat(30), "1e400", "-1", "1.7e9", "\"4102444800\"", "true", "null", "[]")) {
      refused(signed(header(), exp.formatted(number)));
    }
  }

  private void refused(String token) {
    assertThat(house.tokens.verify(token))
        .as(token.substring(0, Math.min(200, token.length())))
        .isEmpty();
  }

  private String header() {
    return decoded(good.split("\\.", -1)[0]);
  }

  private String payload() {
    return decoded(good.split("\\.", -1)[1]);
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private String signed(String header, String payload) {
    return signed(ours, header, payload);
  }

  private static String signed(KeyPair key, String header, String payload) {
    try {
      String input = base64(header) + "." + base64(payload);
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key.getPrivate());
      signature.update(input.getBytes(UTF_8));
      return input + "." + base64(signature.sign());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair p256() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] hmac(String algorithm, byte[] secret, String input) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return mac.doFinal(input.getBytes(UTF_8));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int from = Math.max(0, bytes.length - 32);
    System.arraycopy(bytes, from, fixed, 32 - (bytes.length - from), bytes.length - from);
    return fixed;
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }
}
