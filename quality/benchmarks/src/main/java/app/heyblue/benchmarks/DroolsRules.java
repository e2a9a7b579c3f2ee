package app.heyblue.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.internal.utils.KieHelper;

/**
 * Rules in <a href="https://kie.apache.org/components/drools/">Drools</a>, by its executable model.
 * One session decides about one gift after the other and forgets each, which takes less time than
 * its stateless and its sequential sessions.
 */
final class DroolsRules implements AutoCloseable {
  private final KieSession session;
  private final AtomicInteger decided = new AtomicInteger();

  /**
   * Compiles the rules, which takes a while.
   *
   * @param conditions one of each rule, as constraints of a gift; the first that hold decide
   */
  DroolsRules(List<String> conditions) {
    session =
        new KieHelper()
            .addContent(text(conditions), ResourceType.DRL)
            .build(ExecutableModelProject.class)
            .newKieSession();
    session.setGlobal("decided", decided);
  }

  private static String text(List<String> conditions) {
    StringBuilder text =
        new StringBuilder(
            """
            package rules
            import %s
            global %s decided
            """
                .formatted(Gift.class.getName(), AtomicInteger.class.getName()));
    for (int i = 0; i < conditions.size(); i++) {
      text.append(
          """
          rule "Rule %1$d" salience %2$d
          when Gift(%3$s)
          then decided.set(%1$d);
          end
          """
              .formatted(i, conditions.size() - i, conditions.get(i)));
    }
    return text.toString();
  }

  /** The number of the rule that decides about a gift; negative where none applies. */
  int first(Gift gift) {
    decided.set(-1);
    FactHandle fact = session.insert(gift);
    int _ = session.fireAllRules(1);
    session.delete(fact);
    return decided.get();
  }

  @Override
  public void close() {
    session.dispose();
  }
}
