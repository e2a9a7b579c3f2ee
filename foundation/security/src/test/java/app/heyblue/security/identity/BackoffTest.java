package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.security.identity.Backoff.Failures;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pauses after failures, and a clock that jumps. */
class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-07-04T12:00:00Z");
  private static final Backoff BACKOFF = new Backoff(1, Duration.ZERO);

  @Test
  void aPauseFromAClockThatWasAheadIsOverAndItsFailuresStillCount() {
    Instant ahead = NOW.plus(Duration.ofDays(40));
    Failures kept = BACKOFF.after(BACKOFF.after(Failures.none(ahead), ahead), ahead);

    Failures seen = Backoff.seenAt(kept, NOW);

    assertThat(seen.blockedUntil()).isEqualTo(NOW);
    assertThat(seen.count()).isEqualTo(2);
    assertThat(BACKOFF.after(seen, NOW).blockedUntil()).isAfter(NOW);
  }

  @Test
  void theLongestPauseHoldsThoughAnotherProcessIsALittleAhead() {
    Failures kept = Failures.none(NOW);
    for (int i = 0; i < 20; i++) {
      kept = BACKOFF.after(kept, NOW);
    }
    Instant behind = NOW.minusSeconds(5);

    assertThat(Backoff.seenAt(kept, behind)).isEqualTo(kept);
  }
}
