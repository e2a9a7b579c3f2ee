package app.heyblue.notifications.preferences;

import app.heyblue.kernel.PartyKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one can be told of, or not, by mail; all of it is off until it's switched on. */
public enum NotificationKind {
  DONATION_RECEIVED("donationReceived", PartyKind.CHARITY, PartyKind.FAMILY),
  GIFT_RECEIVED("giftReceived", PartyKind.OFFICER),
  ENCOUNTER_CONFIRMED("encounterConfirmed", PartyKind.CIVILIAN, PartyKind.OFFICER);

  /** What nobody can switch off: without it one couldn't get in, or wouldn't notice a thief. */
  public static final List<String> ALWAYS = List.of("application", "codes", "security");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<PartyKind> parties;

  NotificationKind(String text, PartyKind first, PartyKind... others) {
    this.text = text;
    this.parties = EnumSet.of(first, others);
  }

  /** Those that a kind of party has. */
  public static List<NotificationKind> of(PartyKind party) {
    return Arrays.stream(values()).filter(kind -> kind.parties.contains(party)).toList();
  }

  /** Reads {@link #toString}'s form. */
  public static Optional<NotificationKind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  /** As the contract names it. */
  @Override
  public String toString() {
    return text;
  }
}
