package app.heyblue.messaging;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Where facts are told: the writing side of the streams. */
public interface EventLog {
  /**
   * Appends an event in the caller's transaction: it is delivered if, and only if, that commits.
   *
   * @return the event's id
   */
  UUID append(Handle tx, Stream stream, NewEvent event);
}
