package app.heyblue.rules;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of this room's own. */
@ApplicationScoped
public class RulesProblems implements ProblemCatalog {
  public static final ProblemType RULE_NEVER_ACTIVE =
      new ProblemType(
          "rule-never-active",
          "Only an active rule can be retired",
          409,
          "The rule is still a draft: it decides nothing, so there is nothing to retire. Activate"
              + " it first, or leave it.");

  @Override
  public List<ProblemType> types() {
    return List.of(RULE_NEVER_ACTIVE);
  }
}
