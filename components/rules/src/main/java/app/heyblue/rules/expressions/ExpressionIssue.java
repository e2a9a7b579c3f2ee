package app.heyblue.rules.expressions;

/**
 * What is wrong with an expression, and where.
 *
 * @param line from 1; 0 where it's about the whole
 * @param column from 1, in code points; 0 where it's about the whole
 */
public record ExpressionIssue(int line, int column, String message) {
  static ExpressionIssue ofWhole(String message) {
    return new ExpressionIssue(0, 0, message);
  }

  /** For a person, for example {@code line 1, column 5: undeclared reference to 'poinst'}. */
  @Override
  public String toString() {
    return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
  }
}
