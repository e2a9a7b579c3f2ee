package app.heyblue.scoring.domain;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * A signed end of the chain: who has one can tell later whether anything up to it was altered.
 *
 * @param position how many transactions it covers
 * @param hash the chained hash there, hex
 * @param signature Ed25519 (RFC 8032) over the canonical JSON of the other three members, base64
 * @param signedAt to the microsecond
 */
public record Head(long position, String hash, String signature, Instant signedAt) {

  private record Signed(long position, String hash, Instant signedAt) {}

  public static Head sign(long position, String hash, Instant signedAt, PrivateKey key) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(Canonical.bytes(new Signed(position, hash, signedAt)));
      return new Head(position, hash, Base64.getEncoder().encodeToString(signer.sign()), signedAt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a ledger head can't be signed", e);
    }
  }

  /** Whether the holder of the key signed exactly this; another spelling of base64 is another. */
  public boolean isSignedBy(PublicKey key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(signature);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(Canonical.bytes(new Signed(position, hash, signedAt)));
      return Base64.getEncoder().encodeToString(bytes).equals(signature) && verifier.verify(bytes);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return false;
    }
  }
}
