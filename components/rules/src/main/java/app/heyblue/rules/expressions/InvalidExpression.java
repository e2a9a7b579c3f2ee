package app.heyblue.rules.expressions;

import java.util.List;

/** An expression that can't be used, with everything that was found wrong. */
public final class InvalidExpression extends Exception {
  private final transient List<ExpressionIssue> issues;

  InvalidExpression(List<ExpressionIssue> issues) {
    super(issues.toString());
    this.issues = List.copyOf(issues);
  }

  /** At least one. */
  public List<ExpressionIssue> issues() {
    return issues;
  }
}
