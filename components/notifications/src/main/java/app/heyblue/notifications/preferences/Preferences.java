package app.heyblue.notifications.preferences;

import java.util.Set;

/**
 * What somebody wants mail about.
 *
 * @param mail the kinds that are on
 * @param version 1 until they are changed for the first time
 */
public record Preferences(Set<NotificationKind> mail, long version) {
  public Preferences {
    mail = Set.copyOf(mail);
  }
}
