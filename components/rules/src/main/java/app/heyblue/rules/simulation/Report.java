package app.heyblue.rules.simulation;

import app.heyblue.rules.RuleKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would have paid for what really happened, beside what was paid. What the rules of
 * that time refused isn't recorded, so nobody can tell what a more generous draft would have paid
 * for it.
 *
 * @param from inclusive
 * @param to exclusive
 * @param transactions those of the kind in that time
 * @param unreadable those whose facts today's rules can't be asked about; left out everywhere
 * @param totals points of all parties together
 * @param kinds the same by what each party of a kind gets
 * @param changes how many transactions would have been decided otherwise
 * @param rules the rules that were asked, the draft among them, in the order in which they are
 *     asked
 */
@Schema(name = "RuleSimulation")
public record Report(
    Instant from,
    Instant to,
    long transactions,
    long unreadable,
    Comparison totals,
    List<OfKind> kinds,
    Changes changes,
    List<RuleUse> rules) {

  /**
   * Transactions and points as they were paid, as the draft would have it, and the second less the
   * first.
   */
  @Schema(name = "RuleSimulationComparison")
  public record Comparison(Sum paid, Sum simulated, Sum difference) {}

  /** Transactions and their points. */
  @Schema(name = "RuleSimulationSum")
  public record Sum(long transactions, long points) {}

  /**
   * One kind of transaction.
   *
   * @param outcomes by the outcome's name, {@code points} for gifts
   */
  @Schema(name = "RuleSimulationKind")
  public record OfKind(RuleKind kind, long transactions, Map<String, Amounts> outcomes) {}

  /** One outcome's points. */
  @Schema(name = "RuleSimulationAmounts")
  public record Amounts(long paid, long simulated, long difference) {}

  /**
   * How many transactions get which end.
   *
   * @param same as many points for everybody
   * @param other paid, but otherwise
   * @param refusedByRules no rule would have allowed them
   * @param refusedByLimits a limit would have been used up
   */
  @Schema(name = "RuleSimulationChanges")
  public record Changes(long same, long other, long refusedByRules, long refusedByLimits) {}

  /**
   * How a rule fared.
   *
   * @param ruleId null for a draft that isn't kept
   * @param matched how often its condition held
   * @param decided how often it had the highest priority among those
   */
  @Schema(name = "RuleSimulationRule")
  public record RuleUse(
      @Nullable UUID ruleId,
      String name,
      boolean draft,
      long matched,
      long decided,
      Finding finding) {}

  /** What the numbers of a rule say. */
  @Schema(name = "RuleSimulationFinding")
  public enum Finding {
    @JsonProperty("decides")
    DECIDES,
    @JsonProperty("neverMatched")
    NEVER_MATCHED,
    @JsonProperty("alwaysOutranked")
    ALWAYS_OUTRANKED
  }
}
