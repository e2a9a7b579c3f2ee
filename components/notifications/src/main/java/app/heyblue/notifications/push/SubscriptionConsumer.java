package app.heyblue.notifications.push;

import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Ends subscriptions with their sessions: whoever signed a lost device out doesn't want it to be
 * told anything more.
 */
@ApplicationScoped
class SubscriptionConsumer implements StreamConsumer {
  static final String SESSION_ENDED = "app.heyblue.session.ended.v1";

  /** What this room reads of {@value SESSION_ENDED}. */
  record SessionEnded(UUID sessionId) {}

  @Override
  public String name() {
    return "notifications.subscriptions";
  }

  @Override
  public Stream stream() {
    return Stream.USERS;
  }

  @Override
  public void accept(Handle tx, Event event) {
    if (event.type().equals(SESSION_ENDED)) {
      SubscriptionTable.deleteOf(tx, event.dataAs(SessionEnded.class).sessionId());
    }
  }
}
