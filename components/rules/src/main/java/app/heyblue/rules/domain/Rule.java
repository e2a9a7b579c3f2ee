package app.heyblue.rules.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A rule as it stands.
 *
 * @param current the version that decides while the rule is active
 * @param changedAt when content or status last changed
 */
public record Rule(
    UUID id, RuleStatus status, RuleVersion current, Instant createdAt, Instant changedAt) {}
