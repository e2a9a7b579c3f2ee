package app.heyblue.notifications.postgres;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A letter as operators see it: whose it is and what it says is nobody's business.
 *
 * @param failure why the last attempt failed: {@code smtp-<code>}, {@code unreachable}, {@code
 *     too-old} and so on
 * @param dueAt of a queued one, when it is tried next
 */
public record LetterView(
    UUID id,
    String template,
    String language,
    LetterStatus status,
    int attempts,
    @Nullable String failure,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant dueAt,
    @Nullable Instant doneAt) {}
