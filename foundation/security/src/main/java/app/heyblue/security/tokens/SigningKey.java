package app.heyblue.security.tokens;

import java.time.Instant;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * A key of access tokens.
 *
 * @param name by which the house knows it
 * @param signsFrom until the key after it does
 * @param revokesEarlier whether nothing that earlier keys signed is accepted from then on
 */
record SigningKey(
    String name,
    PublicJsonWebKey jwk,
    Instant publishedAt,
    Instant signsFrom,
    boolean revokesEarlier) {
  String id() {
    return jwk.getKeyId();
  }
}
