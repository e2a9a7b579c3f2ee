package app.heyblue.scoring;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of the ledger. */
@ApplicationScoped
public class ScoringProblems implements ProblemCatalog {
  public static final ProblemType ACCOUNT_NOT_ACTIVE =
      new ProblemType(
          "account-not-active",
          "An account isn't active",
          422,
          "A party of the transaction has no account yet, or has left. A new party's account opens"
              + " within a second of joining.");
  public static final ProblemType UNKNOWN_RECIPIENT =
      new ProblemType(
          "unknown-recipient",
          "There is no such recipient",
          422,
          "`to` takes a `recipientRef` of GET /api/v1/recipients or the user id of a party.");
  public static final ProblemType RECIPIENT_NOT_LISTED =
      new ProblemType(
          "recipient-not-listed",
          "This charity isn't listed any more",
          422,
          "A charity that disappears from the IRS's list keeps its account and its points, but"
              + " receives nothing until it is listed again or an administrator has reviewed it.");
  public static final ProblemType WRONG_PARTIES =
      new ProblemType(
          "wrong-parties",
          "Not between these parties",
          422,
          "A donation goes from a civilian or an officer to a charity or a family, a giveaway from"
              + " an officer to another officer, an exchange from a civilian, a family or a charity"
              + " to a merchant. An encounter is paid to a civilian and an officer.");
  public static final ProblemType MEETING_TOO_OLD =
      new ProblemType(
          "meeting-too-old",
          "The meeting is too long ago",
          422,
          "A meeting whose payment had to wait is paid within two days. After that its day is closed:"
              + " limits couldn't be checked any more.");
  public static final ProblemType ALREADY_REVERSED =
      new ProblemType(
          "already-reversed",
          "It was reversed before",
          409,
          "A transaction is reversed once at most. The original stays in the ledger, with its"
              + " reversal after it.");
  public static final ProblemType NOT_REVERSIBLE =
      new ProblemType(
          "not-reversible",
          "This can't be reversed",
          422,
          "Reversals and forfeitures are final. To undo a reversal, let the parties repeat what"
              + " they did.");
  public static final ProblemType HOLD_ENDED =
      new ProblemType(
          "hold-ended",
          "The hold is over",
          409,
          "Its points were collected or given back before, or its time is over.");

  @Override
  public List<ProblemType> types() {
    return List.of(
        RuleForbids.TYPE,
        InsufficientPoints.TYPE,
        ACCOUNT_NOT_ACTIVE,
        UNKNOWN_RECIPIENT,
        RECIPIENT_NOT_LISTED,
        WRONG_PARTIES,
        MEETING_TOO_OLD,
        ALREADY_REVERSED,
        NOT_REVERSIBLE,
        HOLD_ENDED);
  }
}
