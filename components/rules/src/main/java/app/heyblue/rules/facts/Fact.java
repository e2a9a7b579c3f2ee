package app.heyblue.rules.facts;

/**
 * Something that a rule's expressions may ask by name.
 *
 * @param description for the reference: what it is, its unit, the values that occur
 */
public record Fact(String name, FactType type, String description) {}
