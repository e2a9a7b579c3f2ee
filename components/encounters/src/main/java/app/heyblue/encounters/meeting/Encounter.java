package app.heyblue.encounters.meeting;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.UUID;

/**
 * A meeting of a civilian and an officer.
 *
 * @param madeAt when the code was scanned, or the request accepted
 */
public record Encounter(
    UUID id,
    UserId civilian,
    UserId officer,
    Proof proof,
    Verdict verdict,
    Instant madeAt,
    State state) {

  /** How far it has come. */
  public sealed interface State {}

  /**
   * Recorded, and not known to be paid or refused.
   *
   * @param attempt the number of the latest try to have it paid, from 1
   */
  public record Pending(int attempt) implements State {}

  /**
   * Paid, for ever.
   *
   * @param quote a kind word to go with it
   */
  public record Confirmed(UUID transactionId, long civilianPoints, long officerPoints, String quote)
      implements State {}

  /** Ended without payment; a code is used up by it. */
  public record Refused(Refusal refusal) implements State {}

  /** The word that the contract uses for the state. */
  public String status() {
    return switch (state) {
      case Pending pending -> "pending";
      case Confirmed confirmed -> "confirmed";
      case Refused refused -> "refused";
    };
  }
}
