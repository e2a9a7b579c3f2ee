package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a transaction tells beside its entries: who was who in it. */
public sealed interface Story {
  /**
   * A paid meeting.
   *
   * @param areaZip the ZIP code of the officer's agency
   */
  record Encounter(
      UserId civilian, UserId officer, String proof, String verdict, @Nullable String areaZip)
      implements Story {}

  /**
   * A donation or a giveaway.
   *
   * @param messageSealed the giver's words under the giver's key, base64
   */
  record Gift(UserId giver, UserId recipient, @Nullable String messageSealed) implements Story {}

  /** Held points collected by a merchant. */
  record Exchange(UserId buyer, UserId merchant, UUID holdId) implements Story {}

  /** The exact opposite of an earlier transaction. */
  record Reversal(UUID original) implements Story {}
}
