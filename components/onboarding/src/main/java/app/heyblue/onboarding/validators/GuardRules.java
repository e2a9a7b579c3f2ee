package app.heyblue.onboarding.validators;

import java.time.Duration;

/**
 * How each validator is guarded against its own faults.
 *
 * @param atOnce how many calls of it run at once, those included that ignore their interruption
 * @param waiting how many more wait for their turn, within the time limit
 * @param retries how often it is asked again after a failure
 * @param pause before the first retry; doubled before each further one
 * @param opensAfter the size of the window of calls; once half of them failed it isn't asked
 * @param opensFor how long it then isn't asked, before one call tries it
 */
public record GuardRules(
    int atOnce, int waiting, int retries, Duration pause, int opensAfter, Duration opensFor) {
  /** A fault that passes within a second is never seen; one that lasts costs a call in 10 s. */
  public static final GuardRules USUAL =
      new GuardRules(8, 100, 2, Duration.ofMillis(250), 6, Duration.ofSeconds(10));
}
