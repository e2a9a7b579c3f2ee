package app.heyblue.rules.http;

import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the contract answers it.
 *
 * @param author who wrote the current version; null for what HeyBlue ships with
 */
@Schema(name = "Rule")
record RuleView(
    UUID id,
    int version,
    RuleStatus status,
    String name,
    RuleKind kind,
    String when,
    Map<String, String> then,
    int priority,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    List<Limit> limits,
    @Nullable UserId author,
    Instant createdAt,
    Instant changedAt) {
  static RuleView of(Rule rule) {
    RuleContent content = rule.current().content();
    return new RuleView(
        rule.id(),
        rule.current().version(),
        rule.status(),
        content.name(),
        content.kind(),
        content.when(),
        content.then(),
        content.priority(),
        content.validFrom(),
        content.validUntil(),
        content.limits(),
        rule.current().author(),
        rule.createdAt(),
        rule.changedAt());
  }
}
