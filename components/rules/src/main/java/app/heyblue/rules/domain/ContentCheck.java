package app.heyblue.rules.domain;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.RuleInput.LimitInput;
import app.heyblue.rules.expressions.ExpressionIssue;
import app.heyblue.rules.expressions.Expressions;
import app.heyblue.rules.expressions.InvalidExpression;
import app.heyblue.rules.facts.FactSchema;
import app.heyblue.rules.facts.Outcome;
import app.heyblue.rules.facts.Rfc3339;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what an admin wrote, and says everything that is wrong with it at once. */
public final class ContentCheck {
  private static final int MAX_NAME = 200;
  private static final int MAX_PRIORITY = 1_000_000;
  private static final long MAX_LIMIT = 1_000_000_000;
  private static final String MISSING = "This is needed.";

  private final List<InputError> errors = new ArrayList<>();

  private ContentCheck() {}

  /**
   * The checked content.
   *
   * @throws ProblemException ({@code invalid-input}) with a pointer for each mistake, and for one
   *     in an expression its line and column
   */
  public static RuleContent check(RuleInput input) {
    ContentCheck check = new ContentCheck();
    RuleContent content = check.content(input);
    if (content == null || !check.errors.isEmpty()) {
      throw new ProblemException(
          CommonProblems.INVALID_INPUT, check.summary(), check.errors, Map.of(), null);
    }
    return content;
  }

  private @Nullable RuleContent content(RuleInput input) {
    String name = name(input.name());
    String when = text("/when", input.when());
    Integer priority = priority(input.priority());
    Instant from = time("/validFrom", input.validFrom());
    Instant until = time("/validUntil", input.validUntil());
    if (from != null && until != null && !from.isBefore(until)) {
      add("/validUntil", "This must be later than `validFrom`.");
    }
    RuleKind kind = input.kind();
    if (kind == null) {
      add("/kind", MISSING);
      return null;
    }
    if (when != null) {
      try {
        Expressions.of(kind).condition(when);
      } catch (InvalidExpression e) {
        addAll("/when", e);
      }
    }
    Map<String, String> then = then(FactSchema.of(kind), input.then());
    List<Limit> limits = limits(FactSchema.of(kind), input.limits());
    if (name == null || when == null || priority == null) {
      return null;
    }
    return new RuleContent(name, kind, when, then, priority, from, until, limits);
  }

  private @Nullable String name(@Nullable String text) {
    String name = text("/name", text);
    if (name == null) {
      return null;
    }
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_NAME || stripped.lines().count() > 1) {
      add("/name", "A name is one line of 1 to " + MAX_NAME + " characters.");
    }
    return stripped;
  }

  private @Nullable Integer priority(@Nullable Integer priority) {
    if (priority == null) {
      add("/priority", MISSING);
    } else if (Math.abs((long) priority) > MAX_PRIORITY) {
      add("/priority", "A priority is a whole number from -1,000,000 to 1,000,000.");
    }
    return priority;
  }

  private @Nullable Instant time(String pointer, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant time = Rfc3339.parse(text).orElse(null);
    if (time == null) {
      add(pointer, "This must be a time as in RFC 3339, for example 2026-07-01T00:00:00Z.");
      return null;
    }
    // What the database keeps, so that what is answered now is what is read later.
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private Map<String, String> then(
      FactSchema schema, @Nullable Map<String, @Nullable String> input) {
    Map<String, String> checked = new LinkedHashMap<>();
    if (input == null) {
      add("/then", MISSING);
      return checked;
    }
    for (String name : input.keySet()) {
      if (schema.outcome(name).isEmpty()) {
        add(
            "/then/" + name.replace("~", "~0").replace("/", "~1"),
            "A rule of kind %s has no such outcome; it has %s."
                .formatted(
                    schema.kind(),
                    schema.outcomes().stream()
                        .map(Outcome::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    for (Outcome outcome : schema.outcomes()) {
      String pointer = "/then/" + outcome.name();
      String expression = text(pointer, input.get(outcome.name()));
      if (expression != null) {
        checked.put(outcome.name(), expression);
        try {
          Expressions.of(schema.kind()).outcome(outcome, expression);
        } catch (InvalidExpression e) {
          addAll(pointer, e);
        }
      }
    }
    return checked;
  }

  private List<Limit> limits(FactSchema schema, @Nullable List<@Nullable LimitInput> input) {
    List<Limit> limits = new ArrayList<>();
    if (input == null || input.isEmpty()) {
      return limits;
    }
    if (!schema.movesPoints()) {
      add("/limits", "Limits count paid transactions, and a %s is none.".formatted(schema.kind()));
      return limits;
    }
    Set<List<Object>> seen = new HashSet<>();
    for (int i = 0; i < input.size(); i++) {
      LimitInput limit = input.get(i);
      String pointer = "/limits/" + i;
      if (limit == null || limit.per() == null || limit.window() == null || limit.max() == null) {
        add(pointer, "A limit needs `per`, `window` and `max`.");
      } else if (limit.max() < 1 || limit.max() > MAX_LIMIT) {
        add(pointer + "/max", "This must be 1 to 1,000,000,000.");
      } else if (!seen.add(List.of(limit.per(), limit.window()))) {
        add(pointer, "There is another limit per " + limit.per() + " and " + limit.window() + ".");
      } else {
        limits.add(new Limit(limit.per(), limit.window(), limit.max()));
      }
    }
    return limits;
  }

  /** A text that the database can keep; null, and said so, where there is none. */
  private @Nullable String text(String pointer, @Nullable String text) {
    if (text == null) {
      add(pointer, MISSING);
      return null;
    }
    if (text.codePoints().anyMatch(ContentCheck::isUnprintable)) {
      add(pointer, "Control characters and broken Unicode are not accepted.");
      return null;
    }
    return text;
  }

  private static boolean isUnprintable(int point) {
    return Character.getType(point) == Character.SURROGATE
        || (Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t');
  }

  private void addAll(String pointer, InvalidExpression invalid) {
    for (ExpressionIssue issue : invalid.issues()) {
      add(pointer, issue.toString());
    }
  }

  private void add(String pointer, String detail) {
    errors.add(new InputError(pointer, detail));
  }

  private String summary() {
    return errors.size() == 1
        ? errors.getFirst().pointer() + ": " + errors.getFirst().detail()
        : errors.size() + " values are not acceptable; see `errors`.";
  }
}
