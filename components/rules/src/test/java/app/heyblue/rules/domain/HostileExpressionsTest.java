package app.heyblue.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.rules.RuleKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions that are meant to hurt end as a problem that names their place, and soon. */
class HostileExpressionsTest {
  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(30);

  static Stream<Arguments> expressions() {
    return Stream.of(
        hostile("100,000 characters", "points > 0" + " || points > 0".repeat(7_700)),
        hostile("one long name", "x".repeat(100_000)),
        hostile("deep parentheses", "(".repeat(900) + "true" + ")".repeat(900)),
        hostile("deep lists", "[".repeat(900) + "]".repeat(900) + " == []"),
        hostile("a long sum", "0" + "+1".repeat(900) + " > 0"),
        hostile("a long path", "giver" + ".a".repeat(900) + " == 'a'"),
        hostile("a long choice", "true" + "?true:true".repeat(150)),
        hostile("deep choices", "true?".repeat(150) + "true" + ":true".repeat(150)),
        hostile("deep indexes", "[1]" + "[0]".repeat(600) + " == 1"),
        hostile("deep calls", "size(".repeat(300) + "giver" + ")".repeat(300) + " > 0"),
        hostile("a regular expression that unfolds", "giver.matches('(((a{99}){99}){99}){99}')"),
        hostile("a regular expression that counts", "giver.matches('(a{1000}){1000}')"),
        hostile("a huge count", "giver.matches('a{99999999999}')"),
        hostile("a large regular expression", "giver.matches('(ab){600}')"),
        hostile("a broken regular expression", "giver.matches('(?<=a)b[')"),
        hostile("a regular expression from a fact", "giver.matches(recipient + '+')"),
        hostile("loops in loops", "[1,2].all(a, [1,2].all(b, [1,2].all(c, a + b + c > 0)))"),
        hostile("doubling", "[giver + giver].exists(a, [a + a].exists(b, size(b + b) > 0))"),
        hostile("building lists", "[1,2].map(a, [1,2].map(b, a * b)).size() > 0"),
        hostile("filtering", "[1,2].filter(a, a > 1).size() > 0"),
        hostile("a range", "[1..1000000].all(a, a > 0)"),
        hostile("a literal out of range", "points > 9223372036854775808"),
        hostile("an overflow", "9223372036854775807 + 1 > 0"),
        hostile("a division by zero", "1 / 0 > 0"),
        hostile("a duration out of range", "duration('99999999999999h') > duration('1h')"),
        hostile("unknown names", "passwords == 'x'"),
        hostile("unknown functions", "system('rm -rf /') == 0"),
        hostile("Java", "java.lang.Runtime.getRuntime() != null"),
        hostile("protocol buffers", "google.protobuf.Any{} != null"),
        hostile("NUL", "giver == '\u0000'"),
        hostile("a bare NUL", "\u0000"),
        hostile("half a surrogate pair", "giver == '\ud800'"),
        hostile("a letter lookalike", "роints > 1"),
        hostile("a right-to-left override", "points > 1 \u202e && true"),
        hostile("an escape", "points > 1 \u001b[2J"),
        hostile("nothing", ""),
        hostile("blanks", "   \n  "),
        hostile("only a comment", "// true"),
        hostile("an open string", "giver == 'abc"),
        hostile("SQL", "true; drop table rules.rule"),
        hostile("another type", "points"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void aHostileConditionIsRefused(String name, String when) {
    ProblemException problem =
        Assertions.assertTimeoutPreemptively(
            FAR_TOO_LONG,
            () ->
                catchThrowableOfType(
                    ProblemException.class,
                    () -> ContentCheck.check(input(when, Map.of("allowed", "true")))));

    assertThat(problem).as(name).isNotNull();
    assertThat(problem.type()).isEqualTo(CommonProblems.INVALID_INPUT);
    assertThat(problem.errors()).extracting(InputError::pointer).containsOnly("/when");
    assertThat(problem.errors()).allSatisfy(error -> assertThat(error.detail()).isNotBlank());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void aHostileOutcomeIsRefused(String name, String then) {
    ProblemException problem =
        Assertions.assertTimeoutPreemptively(
            FAR_TOO_LONG,
            () ->
                catchThrowableOfType(
                    ProblemException.class,
                    () -> ContentCheck.check(input("true", Map.of("allowed", then)))));

    assertThat(problem).as(name).isNotNull();
    assertThat(problem.errors()).extracting(InputError::pointer).containsOnly("/then/allowed");
  }

  private static Arguments hostile(String name, String expression) {
    return Arguments.of(name, expression);
  }

  private static RuleInput input(String when, Map<String, String> then) {
    return new RuleInput(
        "Hostile",
        RuleKind.DONATION,
        when,
        new HashMap<String, @Nullable String>(then),
        0,
        null,
        null,
        null);
  }
}
