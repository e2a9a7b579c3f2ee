package app.heyblue.scoring;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules, or the limits of the rule that decided, say no. */
public final class RuleForbids extends ProblemException {
  public static final ProblemType TYPE =
      new ProblemType(
          "rule-forbids",
          "The rules don't allow this",
          422,
          "`explanation` says which condition failed. Where a limit or a time is the reason,"
              + " `Retry-After` says when to try again.");

  public RuleForbids(List<String> explanation, @Nullable Duration retryAfter) {
    super(
        TYPE,
        String.join(" ", explanation),
        List.of(),
        Map.of("explanation", explanation),
        retryAfter);
  }
}
