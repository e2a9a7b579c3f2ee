package app.heyblue.rules.http;

import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A version of a rule as the contract answers it.
 *
 * @param author null for what HeyBlue ships with
 */
@Schema(name = "RuleVersion")
record RuleVersionView(
    UUID ruleId,
    int version,
    String name,
    RuleKind kind,
    String when,
    Map<String, String> then,
    int priority,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    List<Limit> limits,
    @Nullable UserId author,
    Instant at) {
  static RuleVersionView of(RuleVersion version) {
    RuleContent content = version.content();
    return new RuleVersionView(
        version.ruleId(),
        version.version(),
        content.name(),
        content.kind(),
        content.when(),
        content.then(),
        content.priority(),
        content.validFrom(),
        content.validUntil(),
        content.limits(),
        version.author(),
        version.at());
  }
}
