package app.heyblue.siege;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** Kills the server, then PostgreSQL, then both, and so on, each at a moment of chance. */
record Kills(Crowd crowd, int rounds, Duration between, Random random, Scroll scroll) {
  void run() throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      Stroke stroke = Stroke.begin(crowd.journal());
      Stroke.pause(between.plusMillis(random.nextInt(1000)));
      Victim victim = Victim.values()[(round - 1) % Victim.values().length];
      victim.kill(crowd.server(), random.nextBoolean());
      crowd.journal().struck();
      double seconds = stroke.awaitRecovery();
      scroll.say(
          "  round %2d/%d  killed %-10s  %s, recovered in %4.1f s",
          round, rounds, victim, stroke, seconds);
    }
  }
}
