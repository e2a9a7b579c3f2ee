package app.heyblue.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its private key, both in PEM.
 *
 * @param certificate the certificate, followed by those that link it to a known authority
 * @param key the key, PKCS #8 and not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  static Optional<TlsFiles> of(Optional<Path> certificate, Optional<Path> key) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new CommandFailure(
          "HEYBLUE_TLS_CERT and HEYBLUE_TLS_KEY belong together; set both, or neither.");
    }
    return certificate.map(
        file -> new TlsFiles(file.toAbsolutePath(), key.orElseThrow().toAbsolutePath()));
  }

  /**
   * Looks whether a server can use the files.
   *
   * @throws CommandFailure where it can't; the message says what to do
   */
  public void check() {
    X509Certificate first = first();
    try {
      first.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new CommandFailure(
          "The certificate in "
              + certificate
              + " expired on "
              + first.getNotAfter().toInstant()
              + "; renew it.");
    } catch (CertificateNotYetValidException e) {
      throw new CommandFailure(
          "The certificate in "
              + certificate
              + " is valid from "
              + first.getNotBefore().toInstant()
              + " only; look at this machine's clock.");
    }
    if (!belongTogether(first.getPublicKey(), privateKey(first.getPublicKey().getAlgorithm()))) {
      throw new CommandFailure(
          "The key in " + key + " is not the one of the certificate in " + certificate + ".");
    }
  }

  /** The server's own certificate, the first one of the file. */
  public X509Certificate first() {
    try (ByteArrayInputStream in = new ByteArrayInputStream(read(certificate))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException | IOException e) {
      throw new CommandFailure(
          "HEYBLUE_TLS_CERT names " + certificate + ", which holds no certificate in PEM.");
    }
  }

  private PrivateKey privateKey(String algorithm) {
    String text = new String(read(key), StandardCharsets.ISO_8859_1);
    Matcher pem = PKCS8.matcher(text);
    if (!pem.find()) {
      throw new CommandFailure(
          "HEYBLUE_TLS_KEY names "
              + key
              + ", which holds no private key in PEM and PKCS #8. Make one of it: openssl pkcs8"
              + " -topk8 -nocrypt -in OLD -out NEW");
    }
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(
              new PKCS8EncodedKeySpec(
                  Base64.getMimeDecoder().decode(String.valueOf(pem.group(1)))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CommandFailure(
          "The key in " + key + " is not the one of the certificate in " + certificate + ".");
    }
  }

  private static boolean belongTogether(PublicKey open, PrivateKey secret) {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(secret);
      byte[] signature = signer.sign();
      signer.initVerify(open);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("There is no file " + file + "; see HEYBLUE_TLS_CERT and _KEY.");
    } catch (IOException e) {
      throw new CommandFailure("The file " + file + " can't be read: " + e.getMessage());
    }
  }
}
