package app.heyblue.qr.token;

import app.heyblue.kernel.UserId;
import app.heyblue.qr.QrClaim;
import app.heyblue.qr.QrProblems;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * The text of a code: base32 of version (1 byte), token id (16), civilian id (16), expiry (4, epoch
 * seconds, unsigned) and an Ed25519 signature (64, RFC 8032) over all before it. 162 letters, which
 * fit a QR code of version 7.
 */
public final class TokenFormat {
  private static final byte VERSION = 1;
  private static final int CLAIM_BYTES = 1 + 16 + 16 + 4;
  private static final int SIGNATURE_BYTES = 64;

  /** The only length that a token has. */
  public static final int LENGTH = Base32.lengthOf(CLAIM_BYTES + SIGNATURE_BYTES);

  // What is signed begins with this, so that no signature made for another purpose passes here.
  private static final byte[] DOMAIN = "app.heyblue/qr/v1\0".getBytes(StandardCharsets.US_ASCII);

  private TokenFormat() {}

  /** Writes and signs a claim; its expiry counts in whole seconds. */
  public static String write(QrClaim claim, KeyPair keys) {
    ByteBuffer bytes = ByteBuffer.allocate(CLAIM_BYTES + SIGNATURE_BYTES);
    bytes.put(VERSION);
    put(bytes, claim.tokenId());
    put(bytes, claim.civilian().value());
    bytes.putInt((int) claim.expiresAt().getEpochSecond());
    byte[] signed = Arrays.copyOf(bytes.array(), CLAIM_BYTES);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(DOMAIN);
      signature.update(signed);
      bytes.put(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("can't sign a code", e);
    }
    return Base32.encode(bytes.array());
  }

  /**
   * Reads a token that was signed by these keys and is written exactly as {@link #write} does;
   * whether it has expired is the caller's to judge.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code qr-invalid}) for everything else
   */
  public static QrClaim read(String token, KeyPair keys) {
    if (token.length() != LENGTH) {
      throw QrProblems.INVALID.raise(
          "A code has " + LENGTH + " letters; this text has " + token.length() + ".");
    }
    byte[] all =
        Base32.decode(token)
            .orElseThrow(
                () -> QrProblems.INVALID.raise("This text isn't written as our codes are."));
    ByteBuffer bytes = ByteBuffer.wrap(all);
    if (bytes.get() != VERSION || !isGenuine(all, keys)) {
      throw QrProblems.INVALID.raise("This code wasn't made by us, or was altered since.");
    }
    return new QrClaim(
        id(bytes),
        new UserId(id(bytes)),
        Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt())));
  }

  private static boolean isGenuine(byte[] all, KeyPair keys) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(keys.getPublic());
      signature.update(DOMAIN);
      signature.update(all, 0, CLAIM_BYTES);
      return signature.verify(all, CLAIM_BYTES, SIGNATURE_BYTES);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("can't check a code", e);
    }
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID id(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
