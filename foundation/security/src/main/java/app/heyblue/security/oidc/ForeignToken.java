package app.heyblue.security.oidc;

import java.time.Instant;
import java.util.Optional;

/**
 * What a valid token of another issuer says.
 *
 * @param subject unique at the issuer, and never given to anybody else
 * @param session what stays the same while the person stays signed in there
 * @param goesOn whether further tokens may name the same session
 * @param verifiedEmail the address, where the issuer vouches that the person reads it
 */
record ForeignToken(
    TrustedIssuer issuer,
    String subject,
    String session,
    boolean goesOn,
    Optional<String> verifiedEmail,
    Instant expiresAt) {}
