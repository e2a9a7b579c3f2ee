package app.heyblue.security.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which records are looked for; empty means all.
 *
 * @param from the earliest time
 * @param to the first time that is too late
 */
public record AuditQuery(
    Optional<UUID> actor,
    Optional<String> subject,
    Optional<String> action,
    Optional<String> outcome,
    Optional<Instant> from,
    Optional<Instant> to) {}
