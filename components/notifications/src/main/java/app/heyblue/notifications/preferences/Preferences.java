package app.heyblue.notifications.preferences;

import java.util.Set;

/**
 * What somebody wants to be told of.
 *
 * @param mail the kinds of mail that are on
 * @param push the kinds of alerts that are pushed
 * @param version 1 until they are changed for the first time
 */
public record Preferences(Set<NotificationKind> mail, Set<PushKind> push, long version) {
  public Preferences {
    mail = Set.copyOf(mail);
    push = Set.copyOf(push);
  }
}
