package app.heyblue.notifications.events;

import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.notifications.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/**
 * Tells people when their password or device changed, or a sign-in of theirs was stolen, so that an
 * intruder doesn't go unnoticed (OWASP ASVS 5.0, 6.3.7). Nobody can switch it off.
 */
@ApplicationScoped
public class SecurityConsumer implements StreamConsumer {
  static final String SESSION_ENDED = "app.heyblue.session.ended.v1";

  private final PartyLetters letters;

  public SecurityConsumer(PartyLetters letters) {
    this.letters = letters;
  }

  /** What this room reads of {@value SESSION_ENDED}. */
  record SessionEnded(UserId userId, String reason) {}

  @Override
  public String name() {
    return "notifications.security";
  }

  @Override
  public Stream stream() {
    return Stream.USERS;
  }

  @Override
  public void accept(Handle tx, Event event) {
    if (!event.type().equals(SESSION_ENDED)) {
      return;
    }
    SessionEnded ended = event.dataAs(SessionEnded.class);
    switch (ended.reason()) {
      case "relinked" -> post(tx, ended, Template.DEVICE_LINKED, event);
      case "passwordReset", "passwordChanged" -> post(tx, ended, Template.PASSWORD_CHANGED, event);
      case "refreshReused" -> post(tx, ended, Template.SESSION_STOLEN, event);
      default -> {
        // The others are the person's own doing, or nothing that an intruder does.
      }
    }
  }

  /** One change ends several sessions, each with an event: one letter a minute. */
  private void post(Handle tx, SessionEnded ended, Template template, Event event) {
    letters.post(
        tx,
        ended.userId(),
        template,
        event.time().truncatedTo(ChronoUnit.MINUTES).toString(),
        event.time());
  }
}
