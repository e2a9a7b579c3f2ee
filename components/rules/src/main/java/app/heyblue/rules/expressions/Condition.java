package app.heyblue.rules.expressions;

import java.util.List;

/**
 * A rule's condition, split where it says "and": it holds where all its parts do.
 *
 * @param parts at least one, each of type bool, in the order they're written
 */
public record Condition(List<Expression> parts) {}
