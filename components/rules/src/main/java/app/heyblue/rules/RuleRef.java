package app.heyblue.rules;

import java.util.UUID;

/** A rule in one of its versions. */
public record RuleRef(UUID ruleId, int version) {}
