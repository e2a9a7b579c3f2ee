package app.heyblue.rules.expressions;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.facts.Fact;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.FactType;
import app.heyblue.rules.facts.Outcome;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Checks and compiles the expressions of one kind of rule.
 *
 * <p>CEL knows no cost limit, so expressions are bounded when they are saved: their length, depth
 * and number of nodes, the size of regular expressions, and no loop within a loop. {@code map} and
 * {@code filter} are left out: they build lists, and nothing here needs one. What is left takes at
 * most about the square of its length.
 */
public final class Expressions {
  /** The longest expression, in code points. */
  public static final int MAX_LENGTH = 2_000;

  /** How deep an expression may nest. */
  public static final int MAX_DEPTH = 32;

  /** The most turns of a loop ({@code all}, {@code exists}, {@code exists_one}). */
  public static final int MAX_TURNS = 1_000;

  /** The largest regular expression, in instructions of RE2. */
  public static final int MAX_PATTERN = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxParseExpressionNodeCount(MAX_LENGTH)
          .comprehensionMaxIterations(MAX_TURNS)
          .maxRegexProgramSize(MAX_PATTERN)
          .enableHeterogeneousNumericComparisons(true)
          .populateMacroCalls(true)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
  private static final Patterns PATTERNS = new Patterns(RUNTIME, OPTIONS);
  private static final Map<RuleKind, Expressions> ALL = new ConcurrentHashMap<>();

  private final FactSchema schema;
  private final CelCompiler compiler;

  private Expressions(FactSchema schema) {
    this.schema = schema;
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE);
    for (Fact fact : schema.facts()) {
      builder.addVar(fact.name(), type(fact.type()));
    }
    this.compiler = builder.build();
  }

  public static Expressions of(RuleKind kind) {
    return ALL.computeIfAbsent(kind, of -> new Expressions(FactSchema.of(of)));
  }

  /**
   * Compiles a rule's condition.
   *
   * @throws InvalidExpression where it isn't CEL, asks for what isn't there, or isn't bool
   */
  public Condition condition(String text) throws InvalidExpression {
    CelAbstractSyntaxTree tree = checked(text, SimpleType.BOOL);
    List<Expression> parts = new ArrayList<>();
    for (CelExpr part : Trees.conjuncts(tree.getExpr())) {
      parts.add(expression(tree, part));
    }
    return new Condition(List.copyOf(parts));
  }

  /**
   * Compiles what a rule answers for one outcome.
   *
   * @throws InvalidExpression where it isn't CEL, asks for what isn't there, has another type, or
   *     is a constant that is out of range
   */
  public Expression outcome(Outcome outcome, String text) throws InvalidExpression {
    CelType type =
        switch (outcome) {
          case Outcome.YesNo yesNo -> SimpleType.BOOL;
          case Outcome.Whole whole -> SimpleType.INT;
        };
    CelAbstractSyntaxTree tree = checked(text, type);
    Expression expression = expression(tree, tree.getExpr());
    if (expression.facts().isEmpty()
        && expression.evaluate(Map.of()) instanceof Evaluated.Value constant) {
      String objection = outcome.objection(constant.value());
      if (objection != null) {
        throw new InvalidExpression(List.of(ExpressionIssue.ofWhole(objection)));
      }
    }
    return expression;
  }

  private CelAbstractSyntaxTree checked(String text, CelType expected) throws InvalidExpression {
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new InvalidExpression(
          List.of(ExpressionIssue.ofWhole("an expression has at most 2,000 characters")));
    }
    CelValidationResult result = compiler.compile(text);
    if (result.hasError()) {
      throw new InvalidExpression(result.getErrors().stream().map(this::issue).toList());
    }
    CelAbstractSyntaxTree tree = tree(result);
    List<ExpressionIssue> issues = Trees.issues(tree, PATTERNS);
    if (!issues.isEmpty()) {
      throw new InvalidExpression(issues);
    }
    if (!tree.getResultType().equals(expected)) {
      throw new InvalidExpression(
          List.of(
              ExpressionIssue.ofWhole(
                  "must be of type "
                      + expected.name()
                      + ", and is of type "
                      + tree.getResultType().name())));
    }
    return tree;
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("no errors, and yet no tree", e);
    }
  }

  /** One part of a checked tree as an expression; a constant that fails is refused here. */
  private Expression expression(CelAbstractSyntaxTree tree, CelExpr part) throws InvalidExpression {
    CelAbstractSyntaxTree own =
        CelAbstractSyntaxTree.newCheckedAst(
            part, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap());
    List<String> names = Trees.names(own);
    List<String> facts = schema.facts().stream().map(Fact::name).filter(names::contains).toList();
    try {
      Expression expression =
          new Expression(
              CelUnparserFactory.newUnparser().unparse(own), facts, RUNTIME.createProgram(own));
      if (facts.isEmpty() && expression.evaluate(Map.of()) instanceof Evaluated.Failure failure) {
        throw new InvalidExpression(List.of(Trees.issueAt(tree, part, failure.reason())));
      }
      return expression;
    } catch (CelEvaluationException e) {
      throw new InvalidExpression(
          List.of(Trees.issueAt(tree, part, String.valueOf(e.getMessage()))));
    }
  }

  private ExpressionIssue issue(CelIssue issue) {
    String message =
        issue.getMessage().lines().findFirst().orElse("").replace(" (in container '')", "");
    if (message.startsWith("undeclared reference")) {
      message +=
          "; there are "
              + schema.facts().stream().map(Fact::name).collect(Collectors.joining(", "));
    }
    int line = issue.getSourceLocation().getLine();
    return line < 1
        ? ExpressionIssue.ofWhole(message)
        : new ExpressionIssue(line, issue.getSourceLocation().getColumn() + 1, message);
  }

  private static CelType type(FactType type) {
    return switch (type) {
      case ID, TEXT -> SimpleType.STRING;
      case WHOLE -> SimpleType.INT;
      case NUMBER -> SimpleType.DOUBLE;
      case TIME -> SimpleType.TIMESTAMP;
    };
  }
}
