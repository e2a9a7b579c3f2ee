package app.heyblue.qr;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.UUID;

/** What a genuine, unexpired token says. */
public record QrClaim(UUID tokenId, UserId civilian, Instant expiresAt) {}
