package app.heyblue.notifications.preferences;

import app.heyblue.kernel.PartyKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one can be told of, or not, by Web Push; all of it is off until it's switched on. */
public enum PushKind {
  OFFICER_NEARBY("officerNearby", "high", EnumSet.of(PartyKind.CIVILIAN)),
  ENCOUNTER_REQUESTED("encounterRequested", "high", EnumSet.of(PartyKind.OFFICER)),
  ENCOUNTER_CONFIRMED(
      "encounterConfirmed", "normal", EnumSet.of(PartyKind.CIVILIAN, PartyKind.OFFICER)),
  BALANCE_CHANGED("balanceChanged", "low", EnumSet.complementOf(EnumSet.of(PartyKind.ADMIN)));

  private final String text;
  private final String urgency;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<PartyKind> parties;

  PushKind(String text, String urgency, Set<PartyKind> parties) {
    this.text = text;
    this.urgency = urgency;
    this.parties = parties;
  }

  /** Those that a kind of party has. */
  public static List<PushKind> of(PartyKind party) {
    return Arrays.stream(values()).filter(kind -> kind.parties.contains(party)).toList();
  }

  /** Reads {@link #toString}'s form. */
  public static Optional<PushKind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  /** How much it's worth to the device's battery (RFC 8030, 5.3). */
  public String urgency() {
    return urgency;
  }

  /** As the contract names it. */
  @Override
  public String toString() {
    return text;
  }
}
