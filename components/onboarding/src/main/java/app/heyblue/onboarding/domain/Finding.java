package app.heyblue.onboarding.domain;

import java.time.Instant;

/**
 * What one validator found about one application, for reviewers.
 *
 * @param validator its name
 * @param finding in its words; empty where it has nothing to add, or once it has served
 * @param at when it was asked
 * @param tookMillis how long it took, in milliseconds
 * @param attempts how often it was asked until it answered, or wasn't asked any more
 */
public record Finding(
    String validator,
    Conclusion verdict,
    String finding,
    Instant at,
    long tookMillis,
    int attempts) {
  /** A finding doesn't belong in a log. */
  @Override
  public String toString() {
    return "Finding[" + validator + ", " + verdict + "]";
  }
}
