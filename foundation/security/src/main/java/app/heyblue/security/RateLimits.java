package app.heyblue.security;

import app.heyblue.kernel.ProblemException;
import java.util.function.Supplier;

/**
 * Limits per network address of the request at hand, an IPv6 address by its /64. They are counted
 * in each process by itself, in memory, under digests whose key is made anew every day. Work
 * without a request is never limited, nor is this machine while demo data exist.
 */
public interface RateLimits {
  /**
   * Takes one permit.
   *
   * @throws ProblemException ({@code too-many-requests}) where the address has used up its permits
   */
  void take(RateLimit limit);

  /**
   * Does the work and gives the permit back unless the work was refused (4xx, but for 429, by which
   * it wasn't done): so that guesses are bounded, and people who share an address and make no
   * mistakes aren't.
   *
   * @throws ProblemException ({@code too-many-requests}) without doing the work
   */
  <T> T countRefusals(RateLimit limit, Supplier<T> work);

  /** {@link #countRefusals(RateLimit, Supplier)} for work without an answer. */
  default void countRefusals(RateLimit limit, Runnable work) {
    countRefusals(
        limit,
        () -> {
          work.run();
          return limit;
        });
  }
}
