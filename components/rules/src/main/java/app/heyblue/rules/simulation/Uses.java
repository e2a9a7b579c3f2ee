package app.heyblue.rules.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** The moments of the last 24 hours at which something was used, told in their order. */
final class Uses {
  private static final Duration WINDOW = Duration.ofHours(24);

  private final ArrayDeque<Instant> moments = new ArrayDeque<>(2);

  void add(Instant at) {
    moments.addLast(at);
  }

  /** How many lie less than 24 hours before a moment; earlier ones are forgotten. */
  int within(Instant at) {
    Instant since = at.minus(WINDOW);
    while (!moments.isEmpty() && !moments.getFirst().isAfter(since)) {
      moments.removeFirst();
    }
    return moments.size();
  }
}
