package app.heyblue.scoring;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import java.util.List;
import java.util.Map;

/** The account hasn't as many points available; held ones aren't. */
public final class InsufficientPoints extends ProblemException {
  public static final ProblemType TYPE =
      new ProblemType(
          "insufficient-points",
          "Not enough points",
          422,
          "`available` is what the account can give now. Points held for a redemption are not"
              + " available until it is cancelled or runs out.");

  public InsufficientPoints(long needed, long available) {
    super(
        TYPE,
        needed + " points are needed and " + available + " are available.",
        List.of(),
        Map.of("available", available),
        null);
  }
}
