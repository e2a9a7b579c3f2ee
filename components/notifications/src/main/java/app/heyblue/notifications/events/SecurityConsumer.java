package app.heyblue.notifications.events;

import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.notifications.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/**
 * Tells people when they changed their password, or a sign-in of theirs was stolen, so that an
 * intruder doesn't go unnoticed (OWASP ASVS 5.0, 6.3.7). Nobody can switch it off. Onboarding
 * writes itself of what a mailed code changed.
 */
@ApplicationScoped
public class SecurityConsumer implements StreamConsumer {
  static final String SESSION_ENDED = "app.heyblue.session.ended.v1";
  static final String PASSWORD_CHANGED = "app.heyblue.password.changed.v1";

  private final PartyLetters letters;

  public SecurityConsumer(PartyLetters letters) {
    this.letters = letters;
  }

  /** What this room reads of {@value SESSION_ENDED}. */
  record SessionEnded(UserId userId, String reason) {}

  /** What this room reads of {@value PASSWORD_CHANGED}. */
  record PasswordChanged(UserId userId, Instant at) {}

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
    switch (event.type()) {
      case PASSWORD_CHANGED -> {
        PasswordChanged changed = event.dataAs(PasswordChanged.class);
        letters.post(
            tx, changed.userId(), Template.PASSWORD_CHANGED, event.id().toString(), changed.at());
      }
      case SESSION_ENDED -> {
        SessionEnded ended = event.dataAs(SessionEnded.class);
        if (ended.reason().equals("refreshReused")) {
          post(tx, ended, Template.SESSION_STOLEN, event);
        }
      }
      default -> {
        // Of other rooms' events nothing is an intruder's doing.
      }
    }
  }

  /** A thief's hurry ends several sessions, each with an event: one letter a minute. */
  private void post(Handle tx, SessionEnded ended, Template template, Event event) {
    letters.post(
        tx,
        ended.userId(),
        template,
        event.time().truncatedTo(ChronoUnit.MINUTES).toString(),
        event.time());
  }
}
