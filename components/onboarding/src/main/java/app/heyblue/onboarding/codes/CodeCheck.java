package app.heyblue.onboarding.codes;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.OnboardingProblems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of trying a code. Raise refusals outside of the transaction that counted the try. */
public sealed interface CodeCheck {
  /** It's the code. */
  record Right(@Nullable UserId user) implements CodeCheck {}

  /** It isn't. */
  record Wrong(int triesLeft) implements CodeCheck {
    public ProblemException problem() {
      return new ProblemException(
          OnboardingProblems.WRONG_CODE,
          triesLeft == 0
              ? "That was the last try. Start again to get a new code."
              : "Type the six digits of the mail that this request brought. Tries left: "
                  + triesLeft
                  + ".",
          List.of(),
          Map.of("triesLeft", triesLeft),
          null);
    }
  }

  /** It would be no good even if it were. */
  record Expired() implements CodeCheck {
    public ProblemException problem() {
      return OnboardingProblems.CODE_EXPIRED.raise(
          "This code is too old, was used, was tried too often, or what it was for has ended."
              + " Start again to get a new one.");
    }
  }
}
