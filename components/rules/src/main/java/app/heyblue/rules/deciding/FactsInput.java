package app.heyblue.rules.deciding;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.facts.Fact;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.Rfc3339;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads facts from JSON. */
public final class FactsInput {
  private static final int MAX_TEXT = 500;

  private FactsInput() {}

  /**
   * The facts as the door takes them.
   *
   * @param json texts, numbers; times as texts in RFC 3339
   * @throws ProblemException ({@code invalid-input}) with a pointer below {@code /facts} for each
   *     fact that is missing, unknown or of another type
   */
  public static Map<String, Object> read(
      RuleKind kind, Map<String, ? extends @Nullable Object> json) {
    FactSchema schema = FactSchema.of(kind);
    List<InputError> errors = new ArrayList<>();
    for (String name : json.keySet()) {
      if (schema.fact(name).isEmpty()) {
        errors.add(
            new InputError(
                "/facts/" + name.replace("~", "~0").replace("/", "~1"),
                "There is no such fact of kind %s; there are %s."
                    .formatted(
                        kind,
                        schema.facts().stream()
                            .map(Fact::name)
                            .collect(Collectors.joining(", ")))));
      }
    }
    Map<String, Object> facts = new HashMap<>();
    for (Fact fact : schema.facts()) {
      Object value = value(fact, json.get(fact.name()));
      if (value == null) {
        errors.add(new InputError("/facts/" + fact.name(), "This must be " + expected(fact) + "."));
      } else {
        facts.put(fact.name(), value);
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          CommonProblems.INVALID_INPUT,
          "The facts don't fit the kind " + kind + "; see `errors`.",
          errors,
          Map.of(),
          null);
    }
    return facts;
  }

  private static @Nullable Object value(Fact fact, @Nullable Object json) {
    return switch (fact.type()) {
      case ID, TEXT -> json instanceof String text && text.length() <= MAX_TEXT ? text : null;
      case WHOLE ->
          json instanceof Integer || json instanceof Long ? ((Number) json).longValue() : null;
      case NUMBER ->
          json instanceof Number number && Double.isFinite(number.doubleValue())
              ? number.doubleValue()
              : null;
      case TIME -> json instanceof String text ? Rfc3339.parse(text).orElse(null) : null;
    };
  }

  private static String expected(Fact fact) {
    return switch (fact.type()) {
      case ID, TEXT -> "a text of at most " + MAX_TEXT + " characters";
      case WHOLE -> "a whole number";
      case NUMBER -> "a number";
      case TIME -> "a time as in RFC 3339, for example 2026-07-01T12:00:00Z";
    };
  }
}
