package app.heyblue.security;

import java.time.Duration;

/**
 * How often one network address may do something: so many at once, and as many again, evenly, over
 * the window.
 *
 * @param name what is limited; limits of the same name share their count
 * @param permits 1 to 100,000
 * @param window a second to an hour: nothing about an address is kept for longer
 */
public record RateLimit(String name, int permits, Duration window) {
  private static final Duration LONGEST = Duration.ofHours(1);

  public RateLimit {
    if (permits < 1 || permits > 100_000) {
      throw new IllegalArgumentException("permits: " + permits);
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("window: " + window);
    }
  }
}
