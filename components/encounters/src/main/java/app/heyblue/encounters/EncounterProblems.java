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

  @Override
  public List<ProblemType> types() {
    return List.of(CODE_ALREADY_USED);
  }
}
