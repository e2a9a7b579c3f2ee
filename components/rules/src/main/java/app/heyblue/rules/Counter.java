package app.heyblue.rules;

/**
 * Something that a paid transaction counts in.
 *
 * @param counterKey names kind, {@code per}, window and parties, never a rule's version
 */
public record Counter(String counterKey, LimitWindow window) {}
