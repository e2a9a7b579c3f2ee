package app.heyblue.qr;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of reading a code. */
@ApplicationScoped
public class QrProblems implements ProblemCatalog {
  public static final ProblemType INVALID =
      new ProblemType(
          "qr-invalid",
          "Not a code of ours",
          422,
          "The text isn't one of our codes exactly as it was shown: it was made by somebody else,"
              + " altered, or read wrongly. Scan the code again from the other phone's screen.");
  public static final ProblemType EXPIRED =
      new ProblemType(
          "qr-expired",
          "The code is too old",
          422,
          "A code lives 60 seconds. Ask the other person to show a fresh one.");

  @Override
  public List<ProblemType> types() {
    return List.of(INVALID, EXPIRED);
  }
}
