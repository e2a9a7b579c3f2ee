package app.heyblue.tracking.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-24T17:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "90.0000001, 0, 5, /positions/0/latitude",
    "-91, 0, 5, /positions/0/latitude",
    "NaN, 0, 5, /positions/0/latitude",
    "0, 180.0000001, 5, /positions/0/longitude",
    "0, Infinity, 5, /positions/0/longitude",
    "0, 0, -1, /positions/0/accuracyMeters",
    "0, 0, 100001, /positions/0/accuracyMeters"
  })
  void whatIsNoPlaceIsRefusedWithoutQuotingIt(
      double latitude, double longitude, double accuracy, String pointer) {
    assertThatThrownBy(
            () ->
                PositionChecks.require(
                    List.of(new Position(latitude, longitude, accuracy, NOW)), NOW))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.errors().getFirst().pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).startsWith("This must be a number from");
            });
  }

  @ParameterizedTest
  @CsvSource({"90, 180, 0", "-90, -180, 100000", "0, 0, 5"})
  void theEdgesOfTheEarthAreOnIt(double latitude, double longitude, double accuracy) {
    PositionChecks.require(List.of(new Position(latitude, longitude, accuracy, NOW)), NOW);
  }

  @Test
  void aClockMayBeAMinuteAheadAndNoMore() {
    PositionChecks.require(List.of(at(NOW.plusSeconds(60))), NOW);
    assertThatThrownBy(() -> PositionChecks.require(List.of(at(NOW.plusMillis(60_001))), NOW))
        .hasMessageContaining("Set your clock");
  }

  @Test
  void timesMayBeEqualButNotDecrease() {
    PositionChecks.require(List.of(at(NOW), at(NOW)), NOW);
    assertThatThrownBy(() -> PositionChecks.require(List.of(at(NOW), at(NOW.minusMillis(1))), NOW))
        .hasMessageContaining("in the order of their times");
  }

  @Test
  void aBatchHasOneToAHundred() {
    PositionChecks.require(Collections.nCopies(100, at(NOW)), NOW);
    assertThatThrownBy(() -> PositionChecks.require(List.of(), NOW))
        .hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> PositionChecks.require(Collections.nCopies(101, at(NOW)), NOW))
        .hasMessageContaining("1 to 100");
  }

  private static Position at(Instant time) {
    return new Position(40, -74, 5, time);
  }
}
