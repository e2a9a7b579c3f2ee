package app.heyblue.rules.facts;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.editing.ShippedRules;
import app.heyblue.rules.expressions.Expressions;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/reference/rules.md} from the schemas. */
final class RulesReference {
  private RulesReference() {}

  static String markdown() {
    StringBuilder text = new StringBuilder(introduction());
    for (RuleKind kind : RuleKind.values()) {
      section(text, FactSchema.of(kind));
    }
    text.append(
        """

        ## The shipped rules

        Inserted active on the first start; from then on they are the operator's to change.

        | name | kind | when | then | limits |
        |---|---|---|---|---|
        """);
    for (RuleContent rule : ShippedRules.ALL) {
      text.append(
          "| %s | %s | `%s` | %s | %s |%n"
              .formatted(
                  rule.name(),
                  rule.kind(),
                  rule.when(),
                  rule.then().entrySet().stream()
                      .map(then -> then.getKey() + ": `" + then.getValue() + "`")
                      .collect(Collectors.joining(", ")),
                  rule.limits().stream()
                      .map(
                          limit ->
                              "%d per %s and %s"
                                  .formatted(limit.max(), limit.per(), limit.window()))
                      .collect(Collectors.joining(", "))));
    }
    return text.toString();
  }

  private static String introduction() {
    return String.format(
        Locale.ROOT,
        """
        # Rules

        Generated from the code; see CONTRIBUTING.md. What the rules of each kind may ask (facts) and
        must answer (outcomes).

        A rule's `when` is a condition and each entry of its `then` an expression in
        [CEL](https://cel.dev), the Common Expression Language, checked when the rule is saved. Of the
        active rules of a kind that are valid at the time and whose condition holds, the one with the
        highest `priority` decides, of equal ones the oldest; where none holds, the answer is no.
        Changing an active rule makes its next version decide at once. An expression that has no value
        for some facts (a division by zero, a number out of range, an unknown time zone) leaves its
        rule out, and the explanation says so.

        ```
        points >= 1 && points <= 10000
        at.getDayOfWeek(officerTimeZone) in [0, 6]          // Sunday and Saturday
        ['200', '201'].exists(start, agencyZip.startsWith(start))
        verdict == 'consistent' ? 12 : 10
        ```

        An expression has at most %,d characters and nests at most %d deep. There are `all`, `exists`,
        `exists_one` and `has`, not within one another; there is no `map` and no `filter`. The pattern
        of `matches` (RE2) is written out as a text.

        `limits` say how many transactions are paid `per` pair, civilian, officer or rule, in a
        calendar day (in the officer's time zone, UTC where no officer takes part), in any 24 hours, or
        in total. A limit for a party that takes no part doesn't apply. A rule of kind `proximity` has
        no limits.

        `POST /rules/simulations` tries a draft out: every recorded transaction of its kind is decided
        again by the rules active now and the draft, with their limits, in the order of their times.
        What was refused then isn't recorded, so a more generous draft can't be tried on it.
        """,
        Expressions.MAX_LENGTH,
        Expressions.MAX_DEPTH);
  }

  private static void section(StringBuilder text, FactSchema schema) {
    text.append(
        """

        ## %s

        | fact | type | what it is |
        |---|---|---|
        """
            .formatted(schema.kind()));
    for (Fact fact : schema.facts()) {
      text.append(
          "| `%s` | %s | %s |%n".formatted(fact.name(), fact.type().cel(), fact.description()));
    }
    text.append(
        """

        | outcome | type | range | what it is |
        |---|---|---|---|
        """);
    for (Outcome outcome : schema.outcomes()) {
      String range =
          switch (outcome) {
            case Outcome.YesNo yesNo -> "";
            case Outcome.Whole whole -> whole.range();
          };
      text.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(outcome.name(), outcome.cel(), range, outcome.description()));
    }
  }
}
