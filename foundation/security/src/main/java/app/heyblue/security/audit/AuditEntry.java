package app.heyblue.security.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of the trail.
 *
 * @param actor who did it; null for the system, and for requests without a token
 * @param actorKind the actor's kind, {@code system} or {@code anonymous}
 * @param address the actor's network address; null for officers, for the anonymous, and where the
 *     actor was forgotten
 * @param action {@code <thing>.<verb>} of a change, or method and path template of a request that
 *     changed nothing
 * @param outcome {@code done}, or the HTTP status of a request that changed nothing
 * @param requestId the same for all records of one request
 */
public record AuditEntry(
    UUID id,
    Instant at,
    @Nullable UUID actor,
    String actorKind,
    @Nullable String address,
    String action,
    @Nullable String subject,
    String outcome,
    Map<String, String> details,
    @Nullable UUID requestId) {}
