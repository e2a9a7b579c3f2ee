package app.heyblue.server;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the server may be reached: on loopback, or with TLS, or behind a proxy that is named; with
 * demo data on loopback only.
 *
 * @param settings what the framework has to know
 */
record Listening(Map<String, String> settings) {
  /** AEAD with forward secrecy only; those of TLS 1.3 first (BCP 195, RFC 9325). */
  private static final String SUITES =
      String.join(
          ",",
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /**
   * Decides.
   *
   * @throws CommandFailure for what would be served too openly, and for files that don't fit
   */
  static Listening of(Installation installation, boolean demo) {
    boolean loopback = installation.host().isLoopbackAddress();
    if (demo && !loopback) {
      throw new CommandFailure(
          "While demo data exist, anybody can sign in as anybody, so the server listens on this"
              + " machine only: unset HEYBLUE_HOST, or start with --empty in another"
              + " HEYBLUE_HOME.");
    }
    if (demo && installation.trustedProxy().isPresent()) {
      throw new CommandFailure(
          "While demo data exist, the server speaks to this machine only, not to a proxy: unset"
              + " HEYBLUE_TRUSTED_PROXY, or start with --empty in another HEYBLUE_HOME.");
    }
    if (!loopback && installation.tls().isEmpty() && installation.trustedProxy().isEmpty()) {
      throw new CommandFailure(
          "HEYBLUE_HOST names an address that others reach, and passwords would cross the network"
              + " in clear: set HEYBLUE_TLS_CERT and HEYBLUE_TLS_KEY, or name the proxy that has"
              + " TLS by HEYBLUE_TRUSTED_PROXY.");
    }
    Map<String, String> settings = new TreeMap<>();
    settings.put("quarkus.http.host", installation.host().getHostAddress());
    settings.put("heyblue.address", installation.address().toString());
    // Always set, so that no other source of configuration opens what was decided here.
    settings.put("heyblue.security.trusted-proxies", installation.trustedProxy().orElse(""));
    settings.put("quarkus.http.proxy.proxy-address-forwarding", "false");
    String port = String.valueOf(installation.port());
    if (installation.tls().isPresent()) {
      TlsFiles files = installation.tls().get();
      files.check();
      settings.put("quarkus.http.insecure-requests", "disabled");
      settings.put("quarkus.http.ssl-port", port);
      settings.put("quarkus.http.ssl.certificate.files", files.certificate().toString());
      settings.put("quarkus.http.ssl.certificate.key-files", files.key().toString());
      settings.put("quarkus.http.ssl.certificate.reload-period", "30s");
      settings.put("quarkus.http.ssl.protocols", "TLSv1.3,TLSv1.2");
      settings.put("quarkus.http.ssl.cipher-suites", SUITES);
    } else {
      settings.put("quarkus.http.port", port);
    }
    return new Listening(Map.copyOf(settings));
  }
}
