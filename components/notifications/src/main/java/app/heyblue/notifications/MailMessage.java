package app.heyblue.notifications;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to one person.
 *
 * @param id sent at most once under one id
 * @param to the address
 * @param text plain text
 * @param code the code that the text carries, if any
 */
public record MailMessage(UUID id, String to, String subject, String text, @Nullable String code) {
  /** Neither address nor code belong in a log. */
  @Override
  public String toString() {
    return "MailMessage[" + id + "]";
  }
}
