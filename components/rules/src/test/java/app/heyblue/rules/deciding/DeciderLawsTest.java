package app.heyblue.rules.deciding;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.rules.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DeciderLawsTest {
  /** A rule for donations of at least so many points. */
  record Draw(int id, int priority, int atLeast, boolean allows) {
    CompiledRule rule() {
      return Sample.donationRule(id, priority, "points >= " + atLeast, String.valueOf(allows));
    }
  }

  @Property(tries = 100)
  void decidesAsTheHighestPriorityThenTheOldestSays(
      @ForAll @Size(max = 12) List<@From("draws") Draw> draws,
      @ForAll @IntRange(min = 0, max = 10) int points,
      @ForAll Random random) {
    List<Draw> distinct =
        new ArrayList<>(
            draws.stream().collect(Collectors.toMap(Draw::id, draw -> draw, (a, b) -> a)).values());
    Collections.shuffle(distinct, random);
    Optional<Draw> expected =
        distinct.stream()
            .filter(draw -> points >= draw.atLeast())
            .min(
                Comparator.comparingInt((Draw draw) -> -draw.priority())
                    .thenComparingInt(Draw::id));

    Decision decision =
        Sample.decider(distinct.stream().map(Draw::rule).toArray(CompiledRule[]::new))
            .decide(Sample.donation(points));

    assertThat(decision.allowed()).isEqualTo(expected.map(Draw::allows).orElse(false));
    assertThat(Optional.ofNullable(decision.rule()).map(rule -> rule.ruleId()))
        .isEqualTo(expected.map(draw -> Sample.id(draw.id())));
    assertThat(decision.explanation()).isNotEmpty();
  }

  @Provide
  Arbitrary<Draw> draws() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(-2, 2),
            Arbitraries.integers().between(0, 10),
            Arbitraries.of(true, false))
        .as(Draw::new);
  }
}
