package app.heyblue.security;

import java.security.KeyPair;
import javax.crypto.SecretKey;

/**
 * The keys of the house, made on first use, kept in the database wrapped by the master key; each
 * name is one key for ever.
 */
public interface HouseKeys {
  /** An AES-256 or HMAC key, 32 bytes. */
  SecretKey symmetric(String name);

  /** An Ed25519 key pair (RFC 8032) for signatures, such as those of QR codes and ledger heads. */
  KeyPair ed25519(String name);

  /** An EC key pair on P-256 (FIPS 186-5), for ES256. */
  KeyPair p256(String name);
}
