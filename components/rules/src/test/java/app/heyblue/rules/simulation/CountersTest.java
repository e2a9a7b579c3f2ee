package app.heyblue.rules.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.Counter;
import app.heyblue.rules.LimitWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private final Counters counters = new Counters(counter -> true);

  @Test
  void aCalendarDayEndsAtMidnightOfItsZone() {
    Instant evening = Instant.parse("2026-07-05T03:59:59Z");
    count(LimitWindow.CALENDAR_DAY, evening);
    assertThat(hasRoom(LimitWindow.CALENDAR_DAY, evening)).isFalse();
    assertThat(hasRoom(LimitWindow.CALENDAR_DAY, evening.plusSeconds(1))).isTrue();
  }

  @Test
  void aDayOfTwentyThreeHoursAndOneOfTwentyFiveAreOneDayEach() {
    // Clocks go forward on 8 March and back on 1 November 2026.
    for (String start : List.of("2026-03-08T05:00:00Z", "2026-11-01T04:00:00Z")) {
      Instant midnight = Instant.parse(start);
      Instant next = midnight.atZone(NEW_YORK).plusDays(1).toInstant();
      assertThat(Duration.between(midnight, next)).isNotEqualTo(Duration.ofHours(24));
      count(LimitWindow.CALENDAR_DAY, midnight);
      assertThat(hasRoom(LimitWindow.CALENDAR_DAY, next.minusNanos(1))).isFalse();
      assertThat(hasRoom(LimitWindow.CALENDAR_DAY, next)).isTrue();
    }
  }

  @Test
  void aRollingWindowIsTwentyFourHoursWhateverTheClocksDo() {
    Instant use = Instant.parse("2026-03-08T01:00:00Z");
    count(LimitWindow.ROLLING_24_HOURS, use);
    Instant leaves = use.plus(Duration.ofHours(24));
    assertThat(hasRoom(LimitWindow.ROLLING_24_HOURS, leaves.minusNanos(1))).isFalse();
    assertThat(hasRoom(LimitWindow.ROLLING_24_HOURS, leaves)).isTrue();
  }

  @Test
  void aTotalNeverLeavesRoom() {
    Instant use = Instant.parse("2026-03-08T01:00:00Z");
    count(LimitWindow.TOTAL, use);
    assertThat(hasRoom(LimitWindow.TOTAL, use.plus(Duration.ofDays(1000)))).isFalse();
  }

  @Test
  void daysFarApartAreForgottenAndNearOnesAreNot() {
    Instant first = Instant.parse("2026-07-04T12:00:00Z");
    count(LimitWindow.CALENDAR_DAY, first);
    counters.count(List.of(), first.plus(Duration.ofDays(1)), NEW_YORK);
    assertThat(hasRoom(LimitWindow.CALENDAR_DAY, first)).isFalse();
  }

  private void count(LimitWindow window, Instant at) {
    counters.count(List.of(new Counter("key/" + window, window)), at, NEW_YORK);
  }

  private boolean hasRoom(LimitWindow window, Instant at) {
    return counters.hasRoom(List.of(new AppliedLimit("key/" + window, window, 1)), at, NEW_YORK);
  }
}
