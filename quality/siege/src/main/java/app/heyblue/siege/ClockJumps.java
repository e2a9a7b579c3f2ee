package app.heyblue.siege;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sets the clock that the server lives by; PostgreSQL's own stays, as it does where it's on another
 * machine.
 */
record ClockJumps(Crowd crowd, Duration howLong, Scroll scroll) {
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofMinutes(20),
          Duration.ofMinutes(-20),
          Duration.ofHours(26),
          Duration.ofHours(-26),
          Duration.ofDays(40),
          Duration.ZERO);

  void run() {
    Duration each = howLong.dividedBy(JUMPS.size());
    for (Duration ahead : JUMPS) {
      Stroke stroke = Stroke.begin(crowd.journal());
      set(ahead);
      crowd.journal().struck();
      Stroke.pause(each);
      double seconds = stroke.awaitRecovery();
      scroll.say("  clock at %9s  %s, went on after %4.1f s", ahead, stroke, seconds);
    }
  }

  private void set(Duration ahead) {
    crowd.api().post("/siege/clock", null, Map.of("seconds", ahead.toSeconds())).orFail();
  }
}
