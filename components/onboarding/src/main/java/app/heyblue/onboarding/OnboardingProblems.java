package app.heyblue.onboarding;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems that onboarding can answer. */
@ApplicationScoped
public class OnboardingProblems implements ProblemCatalog {
  public static final ProblemType WRONG_CODE =
      new ProblemType(
          "wrong-code",
          "That isn't the code we mailed",
          422,
          "Type the six digits of the newest mail that this request brought. `triesLeft` says how"
              + " often you can still try before you need a new code.");
  public static final ProblemType CODE_EXPIRED =
      new ProblemType(
          "code-expired",
          "The code is no longer good",
          422,
          "A code lives 10 minutes, works once, allows 5 wrong tries, and ends when a newer one is"
              + " mailed for the same application. Start again to get a new one.");
  public static final ProblemType NOT_IN_REVIEW =
      new ProblemType(
          "not-in-review",
          "The application isn't waiting for a review",
          409,
          "Only applications in the status needsReview can be approved or rejected. Somebody else"
              + " may have decided before you.");
  public static final ProblemType ALREADY_DECIDED =
      new ProblemType(
          "already-decided",
          "The application isn't open any more",
          409,
          "Only an application that waits for its code, its check or its review takes another code"
              + " or can be withdrawn. Whoever has joined signs in and leaves there; whoever was"
              + " turned down applies again.");
  public static final ProblemType ROSTER_FAULTY =
      new ProblemType(
          "roster-faulty",
          "The roster has faults",
          422,
          "Nothing of it was taken. The detail names lines and what is expected there: CSV in UTF-8"
              + " with the header agency,domain,timeZone,zip,badge and a row per badge.");
  public static final ProblemType ALREADY_JOINED =
      new ProblemType(
          "already-joined",
          "Somebody else has joined with this",
          409,
          "An address, a badge, an EIN or a case number belongs to one party only.");
  public static final ProblemType AGENCY_UNKNOWN =
      new ProblemType(
          "agency-unknown",
          "The agency isn't on the roster",
          422,
          "An officer needs an agency, whose time zone and ZIP count for the officer. Put the"
              + " agency on the roster first, then approve.");

  @Override
  public List<ProblemType> types() {
    return List.of(
        WRONG_CODE,
        CODE_EXPIRED,
        NOT_IN_REVIEW,
        ALREADY_DECIDED,
        ROSTER_FAULTY,
        ALREADY_JOINED,
        AGENCY_UNKNOWN);
  }
}
