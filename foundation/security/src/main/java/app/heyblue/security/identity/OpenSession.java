package app.heyblue.security.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session of one's own that goes on. Where it is used from is nobody's business, not even kept.
 *
 * @param device the same for all sessions of one device of the person; null where it isn't known
 * @param lastUsedAt when its tokens were last renewed
 * @param current whether it is the one that asks
 */
public record OpenSession(
    UUID id, @Nullable String device, Instant startedAt, Instant lastUsedAt, boolean current) {}
