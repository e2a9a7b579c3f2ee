package app.heyblue.rules.expressions;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A checked expression, ready to be evaluated by many threads. */
public final class Expression {
  private static final Pattern PLACE = Pattern.compile("^evaluation error( at <input>:\\d+)?: ");
  private static final int MAX_REASON = 200;

  private final String text;
  private final List<String> facts;
  private final Program program;

  Expression(String text, List<String> facts, Program program) {
    this.text = text;
    this.facts = List.copyOf(facts);
    this.program = program;
  }

  /** The expression in CEL, in its canonical spelling. */
  public String text() {
    return text;
  }

  /** The names of the facts that it asks, in the schema's order. */
  public List<String> facts() {
    return facts;
  }

  /** Evaluates; facts must fit the schema that the expression was checked against. */
  public Evaluated evaluate(Map<String, Object> values) {
    try {
      // Looked up in place: given a map, the library copies it for each evaluation.
      return new Evaluated.Value(program.eval(name -> Optional.ofNullable(values.get(name))));
    } catch (CelEvaluationException e) {
      return new Evaluated.Failure(reason(e));
    } catch (RuntimeException e) {
      // The library wraps what it foresees; what it doesn't must not stop other rules.
      return new Evaluated.Failure(shortened(String.valueOf(e.getMessage())));
    }
  }

  private static String reason(CelEvaluationException e) {
    if (e.getErrorCode() == CelErrorCode.DIVIDE_BY_ZERO) {
      return "division by zero";
    }
    if (e.getErrorCode() == CelErrorCode.NUMERIC_OVERFLOW) {
      return "a number is out of range";
    }
    return shortened(PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst(""));
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
  }
}
