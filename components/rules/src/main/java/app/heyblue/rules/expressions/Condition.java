package app.heyblue.rules.expressions;

import java.util.List;

/**
 * A rule's condition, whole to be asked, and split where it says "and" to say which part is false.
 *
 * @param parts at least one, each of type bool, in the order they're written
 */
public record Condition(Expression whole, List<Expression> parts) {}
