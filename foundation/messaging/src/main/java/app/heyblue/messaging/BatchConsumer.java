package app.heyblue.messaging;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A consumer that takes in many events with as few statements as its tables allow. Where the batch
 * fails, its events come again one by one, so that the one at fault is found and parked.
 */
public interface BatchConsumer extends StreamConsumer {
  /** {@link #accept} of events in their order. */
  void acceptAll(Handle tx, List<Event> events);

  @Override
  default void accept(Handle tx, Event event) {
    acceptAll(tx, List.of(event));
  }
}
