package app.heyblue.rules.expressions;

/** What came of evaluating an expression on some facts. */
public sealed interface Evaluated {
  /** A value of the expression's type. */
  record Value(Object value) implements Evaluated {}

  /** None: a division by zero, a number out of range, an unknown time zone, … */
  record Failure(String reason) implements Evaluated {}
}
