package app.heyblue.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person is told at once or not at all. */
public sealed interface Alert {
  /**
   * To a civilian: an officer who is willing to meet is near.
   *
   * @param officerRef what to ask with; short-lived
   * @param cell the officer's published H3 cell, in hexadecimal
   * @param distanceBand as the nearby list says it
   * @param name null unless the officer chose to show it
   */
  record OfficerNearby(String officerRef, String cell, String distanceBand, @Nullable String name)
      implements Alert {}

  /** To an officer: a civilian nearby asks to meet. */
  record EncounterRequested(UUID id, Instant expiresAt) implements Alert {}

  /**
   * To both of a meeting that was paid.
   *
   * @param points what the reader earned
   * @param otherPoints what the other earned
   * @param balance the reader's own, after it
   */
  record EncounterConfirmed(UUID id, String quote, long points, long otherPoints, long balance)
      implements Alert {}

  /** To whose points changed, by whatever transaction or hold. */
  record BalanceChanged(long points, long held, long available) implements Alert {}

  /** To an officer: the place isn't shared any more. */
  record SharingEnded(String reason) implements Alert {}
}
