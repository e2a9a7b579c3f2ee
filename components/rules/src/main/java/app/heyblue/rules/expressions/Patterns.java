package app.heyblue.rules.expressions;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks regular expressions before they run. RE2 matches in linear time, but unfolds counted
 * repetitions before it looks at its own limit: {@code (((a{100}){100}){100}){100}} takes all
 * memory. So their product is bounded here.
 */
final class Patterns {
  /** The most copies that a pattern's counted repetitions may make, multiplied together. */
  static final long MAX_COPIES = 1_000;

  private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)(?:,(\\d*))?");
  private static final int MAX_DIGITS = 4;

  private final Program matching;

  Patterns(CelRuntime runtime, CelOptions options) {
    try {
      this.matching =
          runtime.createProgram(
              CelCompilerFactory.standardCelCompilerBuilder()
                  .setOptions(options)
                  .addVar("pattern", SimpleType.STRING)
                  .build()
                  .compile("''.matches(pattern)")
                  .getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with the pattern; null where nothing is. */
  @Nullable String objection(String pattern) {
    long copies = 1;
    Matcher counted = COUNTED.matcher(pattern);
    while (counted.find()) {
      copies *= Math.max(1, Math.max(count(counted.group(1)), count(counted.group(2))));
      if (copies > MAX_COPIES) {
        return "the counted repetitions of the pattern multiply to more than " + MAX_COPIES;
      }
    }
    return switch (new Expression("", List.of(), matching).evaluate(Map.of("pattern", pattern))) {
      case Evaluated.Value value -> null;
      case Evaluated.Failure failure -> failure.reason();
    };
  }

  private static long count(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return 0;
    }
    return digits.length() > MAX_DIGITS ? MAX_COPIES + 1 : Long.parseLong(digits);
  }
}
