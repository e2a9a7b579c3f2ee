package app.heyblue.messaging;

import org.jdbi.v3.core.Handle;

/**
 * Somebody who hears one stream from its beginning, at a position of its own; each room offers its
 * consumers as beans. Delivery is at least once and in order; what the consumer writes through
 * {@code tx} commits with its position.
 *
 * <p>A consumer that throws is tried again; then the event is parked with its error, later events
 * of the same key park behind it, and the rest goes on.
 */
public interface StreamConsumer {
  /** Its name, unique and for ever: the position is stored under it. {@code <room>.<what>}. */
  String name();

  Stream stream();

  /**
   * Takes in one event. A replay calls it again for every event: it must leave its tables exactly
   * as they were.
   *
   * <p>Called by one thread at a time, in one process at a time, for many events in one
   * transaction. Throws where it can't; a failure of its SQL must not be swallowed, as PostgreSQL
   * refuses everything after it.
   */
  void accept(Handle tx, Event event);

  /**
   * Whether a new party may act only once this consumer has taken in its {@code user.created}, as
   * accounts and profiles do.
   */
  default boolean admitsParties() {
    return false;
  }
}
