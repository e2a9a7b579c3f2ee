package app.heyblue.rules.domain;

import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rule as an admin writes it, not yet checked.
 *
 * @param when a condition in CEL over the facts of the kind
 * @param then an expression in CEL for each outcome of the kind
 * @param priority of the rules whose condition holds, the highest decides; −1,000,000 to 1,000,000
 * @param validFrom RFC 3339, inclusive
 * @param validUntil RFC 3339, exclusive
 */
@Schema(
    name = "RuleInput",
    requiredProperties = {"name", "kind", "when", "then", "priority"})
public record RuleInput(
    @Nullable String name,
    @Nullable RuleKind kind,
    @Nullable String when,
    @JsonDeserialize(contentUsing = OutcomeText.class) @Nullable Map<String, @Nullable String> then,
    @Nullable Integer priority,
    @Schema(format = "date-time") @Nullable String validFrom,
    @Schema(format = "date-time") @Nullable String validUntil,
    @Nullable List<@Nullable LimitInput> limits) {

  /** A limit as an admin writes it. */
  @Schema(
      name = "LimitInput",
      requiredProperties = {"per", "window", "max"})
  public record LimitInput(@Nullable Per per, @Nullable LimitWindow window, @Nullable Long max) {}

  /** What an admin would write to get this content. */
  public static RuleInput of(RuleContent content) {
    return new RuleInput(
        content.name(),
        content.kind(),
        content.when(),
        new LinkedHashMap<String, @Nullable String>(content.then()),
        content.priority(),
        content.validFrom() == null ? null : content.validFrom().toString(),
        content.validUntil() == null ? null : content.validUntil().toString(),
        content.limits().stream()
            .<@Nullable LimitInput>map(
                limit -> new LimitInput(limit.per(), limit.window(), limit.max()))
            .toList());
  }
}
