package app.heyblue.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token that was found good.
 *
 * @param expiresAt when it runs out
 * @param checkAt when it must be shown to {@link TokenCheck} again; for tokens of our own that's
 *     when they run out
 * @param keyId the key of ours that signed it; null for a token of another issuer
 */
public record GoodToken(
    Caller caller, Instant expiresAt, Instant checkAt, @Nullable String keyId) {}
