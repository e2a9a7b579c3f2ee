package app.heyblue.messaging;

import java.time.Duration;
import java.util.UUID;

/** How far the streams and their consumers are. */
public interface Streams {
  /**
   * Whether every consumer that {@linkplain StreamConsumer#admitsParties admits parties} has taken
   * in this event of {@link Stream#USERS}, and has parked nothing of its key.
   */
  boolean isTakenInByAdmitters(UUID eventId);

  /**
   * Waits until a consumer has taken in an event, for a reader that must see its own write.
   *
   * @return false when the time is over first
   */
  boolean awaitTakenIn(String consumer, UUID eventId, Duration atMost);

  /**
   * Calls the listener after each commit by which some consumer of this process moved on in the
   * stream; briefly and often, so the listener only sets a signal.
   */
  void onProgress(Stream stream, Runnable listener);
}
