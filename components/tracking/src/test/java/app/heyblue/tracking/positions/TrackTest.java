package app.heyblue.tracking.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrackTest {
  private static final Instant START = Instant.parse("2026-11-24T17:00:00Z");

  @Test
  void aJumpIsKeptAndMarkedAndNotRefused() {
    Track track = new Track(at(40, -74, 0));
    assertThat(track.add(at(41, -74, 60))).isTrue(); // 111 km in a minute
    assertThat(track.add(at(41, -74, 61))).isFalse();
    assertThat(track.text()).isEqualTo("40.0,-74.0,5,0\n41.0,-74.0,5,60,jump\n");
  }

  @Test
  void anAeroplaneSlowEnoughIsNoJump() {
    Track track = new Track(at(40, -74, 0));
    assertThat(track.add(at(40.1, -74, 90))).isFalse(); // 11 km in 90 s
  }

  @Test
  void theDateLineIsNoJump() {
    Track track = new Track(at(-16.5, 179.9999, 0));
    assertThat(track.add(at(-16.5, -179.9999, 10))).isFalse();
    assertThat(track.text()).hasLineCount(1);
  }

  @Test
  void whoStaysIsKeptEveryTenMinutes() {
    Track track = new Track(at(40, -74, 0));
    for (int seconds = 30; seconds <= 3600; seconds += 30) {
      track.add(at(40, -74, seconds));
    }
    assertThat(track.text()).hasLineCount(7);
  }

  @Test
  void equalTimesAreTakenAndEarlierOnesAreNot() {
    Track track = new Track(at(40, -74, 10));
    assertThat(track.isNext(at(40.01, -74, 10))).isTrue();
    assertThat(track.isNext(at(40.01, -74, 9))).isFalse();
  }

  private static Position at(double latitude, double longitude, int seconds) {
    return new Position(latitude, longitude, 5, START.plusSeconds(seconds));
  }
}
