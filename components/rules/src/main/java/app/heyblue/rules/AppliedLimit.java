package app.heyblue.rules;

/** A limit of the deciding rule, for scoring to check inside the ledger's transaction. */
public record AppliedLimit(String counterKey, LimitWindow window, long max) {}
