package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import java.time.Duration;
import java.util.Set;

/**
 * A port: somebody who can tell whether candidates of some kinds are who they say. Every validator
 * of a kind is asked; one rejection rejects, one undecided sends to review, and only when all are
 * satisfied is the candidate approved. May be asked again for the same candidate: after a failure,
 * and after a crash.
 */
public interface IdValidator {
  /** What it checks, in two or three words, unique among all, for findings about itself. */
  String name();

  /** The kinds it answers for. */
  Set<PartyKind> kinds();

  /**
   * Checks a candidate. Throwing, or taking longer than {@link #timeLimit}, is no verdict: it is
   * asked again. The thread is interrupted when the time is over.
   */
  Verdict validate(Candidate candidate);

  /** How long it may take, each time. */
  default Duration timeLimit() {
    return Duration.ofSeconds(5);
  }
}
