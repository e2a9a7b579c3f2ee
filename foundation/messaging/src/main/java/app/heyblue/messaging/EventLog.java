package app.heyblue.messaging;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Where facts are told: the writing side of the streams. */
public interface EventLog {
  /**
   * Appends an event in the caller's transaction: it is delivered if, and only if, that commits.
   * Waits for nobody.
   *
   * <p>An event appended after the commit of another comes after it. So append while you hold a
   * lock on what the key stands for, and the events of that key come in the order of the facts;
   * events of transactions that overlap without a common lock come in either order.
   *
   * @return the event's id
   * @throws IllegalStateException where the handle is in no transaction
   * @throws IllegalArgumentException where the data can't be written as JSON
   */
  UUID append(Handle tx, Stream stream, NewEvent event);

  /** {@link #append} of many, in their order; fewer round trips where the log can. */
  default void appendAll(Handle tx, Stream stream, List<NewEvent> events) {
    events.forEach(event -> append(tx, stream, event));
  }
}
