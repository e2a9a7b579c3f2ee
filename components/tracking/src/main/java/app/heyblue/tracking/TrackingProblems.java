package app.heyblue.tracking;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of telling where one is. */
@ApplicationScoped
public class TrackingProblems implements ProblemCatalog {
  public static final ProblemType NOT_SHARING =
      new ProblemType(
          "not-sharing",
          "You aren't sharing",
          409,
          "Positions of officers are taken while they share only, for 15 minutes at most. Switch"
              + " sharing on by PUT /sharing {\"on\": true}, or stop sending positions.");

  public static final ProblemType CONSENT_WITHDRAWN =
      new ProblemType(
          "consent-withdrawn",
          "You don't want your position known",
          403,
          "You withdrew your consent, so positions are refused and what was kept of them is gone."
              + " Give it again by PUT /me/tracking-consent {\"granted\": true}.");

  public static final ProblemType POSITION_NEEDED =
      new ProblemType(
          "position-needed",
          "Your position isn't known",
          409,
          "Who is nearby is answered for your own latest position, which must be two minutes old at"
              + " most. Send it by POST /positions or over the live socket, and ask again.");

  public static final ProblemType NEARBY_BUDGET =
      new ProblemType(
          "nearby-budget",
          "You have looked for officers often enough today",
          429,
          "The nearby list is answered a limited number of times a day, so that nobody can follow"
              + " officers with it. Alerts over the live socket need no asking. Wait as long as"
              + " Retry-After says.");

  @Override
  public List<ProblemType> types() {
    return List.of(NOT_SHARING, CONSENT_WITHDRAWN, POSITION_NEEDED, NEARBY_BUDGET);
  }
}
