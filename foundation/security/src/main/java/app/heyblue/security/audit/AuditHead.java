package app.heyblue.security.audit;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * A signed end of the chain: who keeps one can tell later whether anything up to it was altered.
 *
 * @param position how many records it covers
 * @param hash the hash there, hex
 * @param signature Ed25519 (RFC 8032) over the canonical JSON of the other three members, base64
 * @param signedAt to the microsecond
 */
public record AuditHead(long position, String hash, String signature, Instant signedAt) {
  private static final String ALGORITHM = "Ed25519";

  private record Signed(long position, String hash, Instant signedAt, String what) {
    Signed(long position, String hash, Instant signedAt) {
      this(position, hash, signedAt, AuditLine.FORMAT);
    }
  }

  static AuditHead sign(long position, String hash, Instant signedAt, PrivateKey key) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(AuditHash.canonical(new Signed(position, hash, signedAt)));
      return new AuditHead(
          position, hash, Base64.getEncoder().encodeToString(signer.sign()), signedAt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a head of the audit trail can't be signed", e);
    }
  }

  /** Whether the holder of the key signed exactly this. */
  boolean isSignedBy(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(AuditHash.canonical(new Signed(position, hash, signedAt)));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return false;
    }
  }
}
