package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Problems as tests name them. */
final class Refusals {
  private Refusals() {}

  static AbstractThrowableAssert<?, ?> assertRefused(String slug, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> Assertions.assertThat(problem.type().slug()).isEqualTo(slug));
  }
}
