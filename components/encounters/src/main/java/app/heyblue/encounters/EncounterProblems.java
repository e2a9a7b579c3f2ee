package app.heyblue.encounters;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of meeting. */
@ApplicationScoped
public class EncounterProblems implements ProblemCatalog {
  public static final ProblemType CODE_ALREADY_USED =
      new ProblemType(
          "code-already-used",
          "The code was used before",
          409,
          "Each code proves one meeting, and this one was scanned already, by this or another"
              + " officer. Ask for a fresh code. To repeat a scan whose answer was lost, send it"
              + " again with its own Idempotency-Key.");

  public static final ProblemType POSITIONS_CONTRADICT =
      new ProblemType(
          "positions-contradict",
          "The two devices aren't in one place",
          422,
          "Both devices told a position within the last 20 seconds, and the two can't have been"
              + " together. The code is used up. Meet in person and scan a fresh code; a phone that"
              + " told a wrong place corrects itself when it finds where it is.");
  public static final ProblemType OFFICER_NOT_NEAR =
      new ProblemType(
          "officer-not-near",
          "The officer isn't near any more",
          422,
          "An `officerRef` is short-lived and holds while its officer is near and willing to meet."
              + " Take a fresh one from GET /api/v1/nearby.");
  public static final ProblemType REQUEST_OUTSTANDING =
      new ProblemType(
          "request-outstanding",
          "You have asked somebody already",
          409,
          "One request at a time: it lasts 60 seconds, or until you have met. `Retry-After` says"
              + " when you can ask again.");
  public static final ProblemType NOT_TOGETHER =
      new ProblemType(
          "not-together",
          "You don't seem to be near each other",
          422,
          "After an acceptance the positions of the two devices are compared once. Come closer, let"
              + " both phones find where they are, and let the other ask again when their request"
              + " has run out. They aren't told that you accepted.");

  @Override
  public List<ProblemType> types() {
    return List.of(
        CODE_ALREADY_USED,
        POSITIONS_CONTRADICT,
        OFFICER_NOT_NEAR,
        REQUEST_OUTSTANDING,
        NOT_TOGETHER);
  }
}
