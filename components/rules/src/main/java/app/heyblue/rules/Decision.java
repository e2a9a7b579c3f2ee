package app.heyblue.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say about one set of facts.
 *
 * @param allowed whether it may happen, before limits are counted
 * @param outcome the deciding rule's outcomes by name ({@code civilianPoints}, {@code price}, …);
 *     empty where the answer is no, and for the kinds that are only allowed or not
 * @param rule the rule that decided; null where none matched
 * @param limits what the rule limits; scoring checks them
 * @param counters everything that the transaction counts in once it's paid, whichever rule decided
 * @param explanation sentences for a person: why, or which condition failed
 * @param retryAt when a validity window opens or closes that turns this no into a yes; null where
 *     none does
 */
public record Decision(
    boolean allowed,
    Map<String, Long> outcome,
    @Nullable RuleRef rule,
    List<AppliedLimit> limits,
    List<Counter> counters,
    List<String> explanation,
    @Nullable Instant retryAt) {}
