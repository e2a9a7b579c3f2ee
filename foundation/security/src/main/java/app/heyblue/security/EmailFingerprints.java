package app.heyblue.security;

/** Finds an e-mail address without storing it in clear: an HMAC-SHA-256 under a key of its own. */
public interface EmailFingerprints {
  /** The fingerprint, 32 bytes, of the normalised address (trimmed, lower case, NFC). */
  byte[] of(String email);
}
