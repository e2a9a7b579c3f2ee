package app.heyblue.rules.deciding;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleRef;
import java.util.List;

/**
 * A decision with every rule that applies, not only the one that decides.
 *
 * @param matched the deciding rule first, then by priority
 */
public record Evaluation(Decision decision, List<RuleRef> matched) {}
