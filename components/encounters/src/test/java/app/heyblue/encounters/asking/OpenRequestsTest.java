package app.heyblue.encounters.asking;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.encounters.asking.OpenRequests.OneIsOpen;
import app.heyblue.encounters.asking.OpenRequests.Waiting;
import app.heyblue.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private final OpenRequests open = new OpenRequests();

  private static UserId civilian(int number) {
    return new UserId(new UUID(1, number));
  }

  private static UserId officer(int number) {
    return new UserId(new UUID(2, number));
  }

  private static Asked asked(int civilian, int officer, Instant at) {
    return new Asked(new UUID(3, civilian), civilian(civilian), officer(officer), at);
  }

  @Test
  void aRequestWaitsForSixtySecondsAndNoLonger() {
    Asked asked = asked(1, 1, NOON);
    assertThat(open.add(asked)).isEqualTo(new Waiting());
    Instant last = NOON.plusMillis(59_999);
    assertThat(open.of(civilian(1), last)).contains(asked);
    assertThat(open.waitingFor(officer(1), last)).containsExactly(asked);
    Instant end = NOON.plusSeconds(60);
    assertThat(open.of(civilian(1), end)).isEmpty();
    assertThat(open.waitingFor(officer(1), end)).isEmpty();
    assertThat(open.accept(asked.id(), officer(1), end)).isEmpty();
    assertThat(open.refuse(asked.id(), officer(1), end)).isFalse();
  }

  @Test
  void oneAtATime() {
    Asked first = asked(1, 1, NOON);
    open.add(first);
    assertThat(open.add(asked(1, 2, NOON.plusSeconds(59)))).isEqualTo(new OneIsOpen(first));
    assertThat(open.add(asked(1, 2, NOON.plusSeconds(60)))).isEqualTo(new Waiting());
  }

  @Test
  void beyondTwentyTheOfficerIsLeftAloneUntilSomeAreAnswered() {
    for (int i = 0; i < OpenRequests.MOST_WAITING; i++) {
      assertThat(open.add(asked(i, 1, NOON))).isEqualTo(new Waiting());
    }
    assertThat(open.add(asked(100, 1, NOON))).isEqualTo(new OpenRequests.Ignored());
    assertThat(open.waitingFor(officer(1), NOON)).hasSize(OpenRequests.MOST_WAITING);
    assertThat(open.accept(new UUID(3, 100), officer(1), NOON)).isEmpty();
    assertThat(open.of(civilian(100), NOON)).isPresent();
    open.refuse(new UUID(3, 4), officer(1), NOON);
    assertThat(open.add(asked(101, 1, NOON))).isEqualTo(new Waiting());
    assertThat(open.add(asked(102, 1, NOON.plusSeconds(60)))).isEqualTo(new Waiting());
  }

  @Test
  void aYesIsTheSameHoweverOftenItIsSaidAndForAMinuteMore() {
    Asked asked = asked(1, 1, NOON);
    open.add(asked);
    Acceptance yes = open.accept(asked.id(), officer(1), NOON.plusSeconds(1)).orElseThrow();
    assertThat(open.waitingFor(officer(1), NOON.plusSeconds(2))).isEmpty();
    assertThat(open.refuse(asked.id(), officer(1), NOON.plusSeconds(2))).isFalse();
    open.forget(NOON.plusSeconds(119));
    assertThat(open.accept(asked.id(), officer(1), NOON.plusSeconds(119)).orElseThrow())
        .isSameAs(yes);
    open.forget(NOON.plusSeconds(120));
    assertThat(open.accept(asked.id(), officer(1), NOON.plusSeconds(120))).isEmpty();
    assertThat(open.size()).isZero();
  }

  @Test
  void onlyTheAskedOfficerCanAnswer() {
    Asked asked = asked(1, 1, NOON);
    open.add(asked);
    assertThat(open.accept(asked.id(), officer(2), NOON)).isEmpty();
    assertThat(open.refuse(asked.id(), officer(2), NOON)).isFalse();
    assertThat(open.waitingFor(officer(2), NOON)).isEmpty();
    assertThat(open.waitingFor(officer(1), NOON)).containsExactly(asked);
  }

  @Test
  void whoHasMetCanAskAgainAtOnce() {
    Asked asked = asked(1, 1, NOON);
    open.add(asked);
    open.accept(asked.id(), officer(1), NOON);
    open.met(asked.id());
    assertThat(open.of(civilian(1), NOON)).isEmpty();
    Asked next = new Asked(new UUID(3, 99), civilian(1), officer(1), NOON.plusSeconds(1));
    assertThat(open.add(next)).isEqualTo(new Waiting());
    open.forget(NOON.plusSeconds(120));
    assertThat(open.of(civilian(1), NOON.plusSeconds(2))).contains(next);
  }

  @Test
  void aClockThatWasSetFarBackEndsRequestsAndLocksNobodyOut() {
    open.add(asked(1, 1, NOON));
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    assertThat(open.of(civilian(1), yesterday)).isEmpty();
    assertThat(open.of(civilian(1), NOON.minusSeconds(30))).isPresent();
    assertThat(open.add(asked(2, 1, yesterday))).isEqualTo(new Waiting());
    open.forget(yesterday.plus(Duration.ofMinutes(3)));
    assertThat(open.size()).isZero();
  }

  /** Something that somebody does, and how long after the step before. */
  record Step(int what, int civilian, int officer, int seconds) {}

  @Provide
  Arbitrary<List<Step>> lives() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 25),
            Arbitraries.integers().between(0, 1),
            Arbitraries.of(0, 0, 0, 1, 10, 59, 60, 61, 200))
        .as(Step::new)
        .list()
        .ofMaxSize(200);
  }

  @Property(tries = 300)
  void whatAskersSeeIsTheSameWhateverOfficersDo(@ForAll("lives") List<Step> life) {
    assertThat(seen(life, true)).isEqualTo(seen(life, false));
  }

  /** All that the askers could observe in a life, with officers who answer or who never do. */
  private static List<String> seen(List<Step> life, boolean answering) {
    OpenRequests open = new OpenRequests();
    List<String> seen = new ArrayList<>();
    Instant now = NOON;
    int made = 0;
    for (Step step : life) {
      now = now.plusSeconds(step.seconds());
      UserId civilian = civilian(step.civilian());
      UserId officer = officer(step.officer());
      made++;
      switch (step.what()) {
        case 0 -> {
          if (answering) {
            for (Asked one : open.waitingFor(officer, now)) {
              open.refuse(one.id(), officer, now);
            }
          }
        }
        case 1 -> {
          if (answering) {
            for (Asked one : open.waitingFor(officer, now)) {
              open.accept(one.id(), officer, now);
            }
          }
        }
        default -> {
          Asked asked = new Asked(new UUID(4, made), civilian, officer, now);
          seen.add(
              open.add(asked) instanceof OneIsOpen(Asked other) ? "open " + other.id() : "new");
        }
      }
      seen.add(open.of(civilian, now).map(one -> one.id() + "/" + one.expiresAt()).orElse("-"));
    }
    return seen;
  }
}
