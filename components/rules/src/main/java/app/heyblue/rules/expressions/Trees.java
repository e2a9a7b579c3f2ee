package app.heyblue.rules.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.List;

/** Looks into the syntax trees of CEL. */
final class Trees {
  private static final String AND = "_&&_";
  private static final String MATCHES = "matches";

  private Trees() {}

  /** The parts that "and" joins at the top, in the order they're written. */
  static List<CelExpr> conjuncts(CelExpr whole) {
    List<CelExpr> parts = new ArrayList<>();
    collect(whole, parts);
    return parts;
  }

  private static void collect(CelExpr expression, List<CelExpr> parts) {
    if (expression.getKind() == Kind.CALL && expression.call().function().equals(AND)) {
      expression.call().args().forEach(part -> collect(part, parts));
    } else {
      parts.add(expression);
    }
  }

  /** The names that a tree refers to. */
  static List<String> names(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == Kind.IDENT)
        .map(node -> node.expr().ident().name())
        .distinct()
        .toList();
  }

  /** What the type checker lets pass and the bounds don't. */
  static List<ExpressionIssue> issues(CelAbstractSyntaxTree tree, Patterns patterns) {
    List<ExpressionIssue> issues = new ArrayList<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .forEach(
            node -> {
              if (isLoop(node) && node.descendants().anyMatch(Trees::isLoop)) {
                issues.add(issueAt(tree, node.expr(), "a loop can't stand within a loop"));
              }
              if (node.getKind() == Kind.CALL && node.expr().call().function().equals(MATCHES)) {
                checkPattern(tree, node.expr(), patterns, issues);
              }
            });
    return issues;
  }

  private static boolean isLoop(CelNavigableExpr node) {
    return node.getKind() == Kind.COMPREHENSION;
  }

  private static void checkPattern(
      CelAbstractSyntaxTree tree, CelExpr call, Patterns patterns, List<ExpressionIssue> issues) {
    CelExpr pattern = call.call().args().getLast();
    String objection =
        pattern.getKind() == Kind.CONSTANT
                && pattern.constant().getKind() == CelConstant.Kind.STRING_VALUE
            ? patterns.objection(pattern.constant().stringValue())
            : "the pattern of `matches` must be written out as a text";
    if (objection != null) {
      issues.add(issueAt(tree, pattern, objection));
    }
  }

  /** An issue at the place where an expression stands. */
  static ExpressionIssue issueAt(CelAbstractSyntaxTree tree, CelExpr at, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(at.id());
    if (offset == null) {
      return ExpressionIssue.ofWhole(message);
    }
    return tree.getSource()
        .getOffsetLocation(offset)
        .map(place -> new ExpressionIssue(place.getLine(), place.getColumn() + 1, message))
        .orElseGet(() -> ExpressionIssue.ofWhole(message));
  }
}
