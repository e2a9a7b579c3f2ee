package app.heyblue.rules.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleRef;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rule as somebody wrote it at one time; never changed.
 *
 * @param version from 1, without gaps
 * @param author null for what HeyBlue ships with
 */
public record RuleVersion(
    UUID ruleId, int version, RuleContent content, @Nullable UserId author, Instant at) {
  public RuleRef ref() {
    return new RuleRef(ruleId, version);
  }
}
