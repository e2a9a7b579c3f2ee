package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.scenarios.RunningServer.Finished;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as others than this machine reach it: with TLS, or behind a proxy that has it. */
class TlsIT {
  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void startWithTls() throws Exception {
    Certificates.make(folder, "-1d");
    server = start("tls", tls(Map.of("HEYBLUE_HOST", "0.0.0.0"))).awaitReady();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void speaksTheTwoVersionsThatAreGood(String version) throws Exception {
    try (SSLSocket socket = connect(version)) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getCipherSuite()).containsAnyOf("GCM", "CHACHA20");
    }
  }

  @Test
  void refusesOlderVersions() throws Exception {
    for (byte minor = 0; minor <= 2; minor++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write(helloOfVersion3(minor));
        InputStream in = socket.getInputStream();
        assertThat(in.read()).as("an alert").isEqualTo(21);
        byte[] alert = in.readNBytes(6);
        assertThat(alert[4]).as("fatal").isEqualTo((byte) 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"})
  void refusesWeakSuites(String suite) throws Exception {
    try (SSLSocket socket = connect("TLSv1.2")) {
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void answersNothingInClear() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET /health/live HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP/1");
    }
  }

  @Test
  void tellsBrowsersToBeCareful() {
    HttpHeaders api = server.api().get(API + "/ledger/heads", null).response().headers();
    assertThat(api.firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000; includeSubDomains");
    assertThat(api.firstValue("Cache-Control")).contains("no-store");
    assertThat(api.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(api.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(api.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(
            server
                .api()
                .get("/docs/", null)
                .response()
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(
            server
                .api()
                .get(API + "/none", null)
                .response()
                .headers()
                .firstValue("Strict-Transport-Security"))
        .isPresent();
    assertThat(
            server
                .api()
                .get("/.well-known/jwks.json", null)
                .response()
                .headers()
                .firstValue("Cache-Control"))
        .contains("public, max-age=300");
  }

  @Test
  void ignoresAForwardedAddressThatNobodyTrusted() throws Exception {
    assertThat(addressOfSignIn(server, "6.6.6.6")).isEqualTo("127.0.0.1");
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
    Certificate before = presented();
    Certificates.make(folder, "-2d");
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (isStill(before) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    }
    assertThat(presented()).isNotEqualTo(before);
    assertThat(server.api().get("/health/live", null).status()).isEqualTo(200);
  }

  @Test
  void theCommandsRotateKeysAndVerifyTheTrailOverTls() throws Exception {
    Finished rotated = server.command("keys", "rotate-master");
    assertThat(rotated.output()).contains("in use", "drop-old");
    assertThat(rotated.status()).isZero();
    assertThat(server.command("keys", "drop-old").status()).isZero();
    assertThat(Files.readAllLines(server.home().resolve("keys/master.key"))).hasSize(1);
    Finished signing = server.command("keys", "rotate-signing");
    assertThat(signing.output()).contains("destroyed at");
    assertThat(server.api().get("/.well-known/jwks.json", null).orFail().body().path("keys").size())
        .isEqualTo(2);

    Finished verified = server.command("audit", "verify");
    assertThat(verified.output()).contains("Sound: ");
    assertThat(verified.status()).isZero();
    String head = verified.output().replaceAll("(?s).*Head: (\\S+).*", "$1");
    assertThat(server.command("audit", "verify", "--head", head).status()).isZero();
    assertThat(server.command("audit", "verify", "--head", "1:" + "0".repeat(64)).output())
        .contains("Not sound. Record 1");
  }

  @Test
  void behindANamedProxyTheAddressThatItSawCountsAndNothingElse() throws Exception {
    try (RunningServer proxied =
        start("proxied", Map.of("HEYBLUE_TRUSTED_PROXY", "127.0.0.1, 10.0.0.0/8")).awaitReady()) {
      assertThat(addressOfSignIn(proxied, "6.6.6.6, 198.51.100.7, 10.0.0.9"))
          .isEqualTo("198.51.100.7");
      assertThat(
              proxied
                  .api()
                  .send(
                      "GET",
                      API + "/operator/keys",
                      operatorToken(proxied),
                      null,
                      Map.of("X-Forwarded-For", "198.51.100.7"))
                  .status())
          .as("the operator is on this machine")
          .isEqualTo(401);
    }
  }

  @Test
  void whatWouldBeServedTooOpenlyIsRefusedWithOneSentence() throws Exception {
    refused("open", Map.of("HEYBLUE_HOST", "0.0.0.0"), "passwords would cross the network");
    refused("half", Map.of("HEYBLUE_TLS_CERT", path("cert.pem")), "belong together");
    refused("unknown", Map.of("HEYBLUE_HOST", "256.1.1.1"), "HEYBLUE_HOST is \"256.1.1.1\"");
    RunningServer demo =
        RunningServer.start(
            folder.resolve("demo"),
            RunningServer.freePort(),
            tls(Map.of("HEYBLUE_HOST", "0.0.0.0")));
    requireRefused(demo, "While demo data exist");
  }

  @Test
  void filesThatDontFitAreOneSentence() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Certificates.make(other, "-1d");
    Path expired = Files.createDirectory(folder.resolve("expired"));
    Certificates.make(expired, "-90d");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");

    refusedFiles(path("none.pem"), path("key.pem"), "There is no file");
    refusedFiles(empty.toString(), path("key.pem"), "holds no certificate in PEM");
    refusedFiles(path("cert.pem"), empty.toString(), "holds no private key in PEM");
    refusedFiles(path("cert.pem"), other.resolve("key.pem").toString(), "is not the one of");
    refusedFiles(
        expired.resolve("cert.pem").toString(),
        expired.resolve("key.pem").toString(),
        "expired on");
  }

  private static void refusedFiles(String certificate, String key, String sentence)
      throws Exception {
    refused("files", Map.of("HEYBLUE_TLS_CERT", certificate, "HEYBLUE_TLS_KEY", key), sentence);
  }

  private static void refused(String name, Map<String, String> environment, String sentence)
      throws Exception {
    requireRefused(start(name, environment), sentence);
  }

  private static void requireRefused(RunningServer refused, String sentence) throws Exception {
    assertThat(refused.awaitEnd()).isNotZero();
    assertThat(refused.output()).contains(sentence).doesNotContain("\tat ", "Starting PostgreSQL");
  }

  private static RunningServer start(String name, Map<String, String> environment)
      throws IOException {
    return RunningServer.start(
        folder.resolve(name), RunningServer.freePort(), environment, "--empty");
  }

  private static Map<String, String> tls(Map<String, String> further) {
    Map<String, String> all = new LinkedHashMap<>(further);
    all.put("HEYBLUE_TLS_CERT", path("cert.pem"));
    all.put("HEYBLUE_TLS_KEY", path("key.pem"));
    return all;
  }

  private static String path(String file) {
    return folder.resolve(file).toString();
  }

  /** The address that the trail keeps of an admin's sign-in with this header. */
  private static String addressOfSignIn(RunningServer at, String forwarded) throws IOException {
    String email = "admin-" + forwarded.hashCode() + "@example.org";
    Map<String, String> credentials =
        Map.of("email", email, "password", "correct horse battery", "displayName", "Ada");
    String id =
        at.api()
            .send("POST", API + "/operator/admins", operatorToken(at), credentials, Map.of())
            .orFail()
            .body()
            .path("userId")
            .asText();
    Answer session =
        at.api()
            .send(
                "POST",
                API + "/sessions",
                null,
                Map.of("email", email, "password", "correct horse battery", "deviceId", "d"),
                Map.of("X-Forwarded-For", forwarded, "Forwarded", "for=7.7.7.7"))
            .orFail();
    JsonNode records =
        at.api()
            .get(
                API + "/audit?action=session.opened&actor=" + id,
                session.body().path("accessToken").asText())
            .orFail()
            .body()
            .path("items");
    assertThat(records.size()).as("%s", records).isEqualTo(1);
    return records.path(0).path("address").asText();
  }

  private static String operatorToken(RunningServer at) throws IOException {
    return Files.readString(at.home().resolve("run/operator.token")).strip();
  }

  /** A handshake in the very moment of the change is dropped; the next one succeeds. */
  private static boolean isStill(Certificate before) throws Exception {
    try {
      return presented().equals(before);
    } catch (SSLException e) {
      return true;
    }
  }

  private static Certificate presented() throws Exception {
    try (SSLSocket socket = connect("TLSv1.3")) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLSocket connect(String version) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            Certificates.trustingAnybody()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  /** A ClientHello of TLS 1.0, 1.1 or SSL 3, as RFC 4346 has it, which the JDK no longer makes. */
  private static byte[] helloOfVersion3(byte minor) {
    ByteBuffer hello = ByteBuffer.allocate(5 + 4 + 2 + 32 + 1 + 2 + 4 + 2);
    hello.put(new byte[] {22, 3, minor}).putShort((short) 47);
    hello.put(new byte[] {1, 0, 0, 43, 3, minor}).put(new byte[32]).put((byte) 0);
    hello.putShort((short) 4).put(new byte[] {(byte) 0xc0, 0x09, 0, 0x2f});
    hello.put(new byte[] {1, 0});
    return hello.array();
  }
}
