package app.heyblue.notifications;

import app.heyblue.kernel.PartyKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What a letter says: one text per language in {@code letters/<language>/<name>.txt}, with the
 * values that it needs.
 */
public enum Template {
  CONFIRM_APPLICATION(Lives.AS_A_CODE, "code"),
  CONFIRM_APPLICATION_AGAIN(Lives.AS_A_CODE, "code"),
  WITHDRAW_APPLICATION(Lives.AS_A_CODE, "code"),
  ALREADY_REGISTERED(Lives.A_DAY),
  /** To admins: applications have waited for a review for days. */
  REVIEWS_WAITING(Lives.A_DAY, "count"),
  APPLICATION_IN_REVIEW(Lives.THREE_DAYS),
  APPLICATION_REJECTED(Lives.TWO_WEEKS, "reason"),
  APPLICATION_WITHDRAWN(Lives.THREE_DAYS),
  APPLICATION_EXPIRED(Lives.THREE_DAYS),
  WELCOME_CIVILIAN(Lives.TWO_WEEKS),
  WELCOME_OFFICER(Lives.TWO_WEEKS),
  WELCOME_CHARITY(Lives.TWO_WEEKS),
  WELCOME_FAMILY(Lives.TWO_WEEKS),
  WELCOME_MERCHANT(Lives.TWO_WEEKS),
  PASSWORD_RESET_CODE(Lives.AS_A_CODE, "code"),
  /** Somebody asked for a password reset; nobody has this address. */
  PASSWORD_RESET_UNKNOWN(Lives.A_DAY),
  PASSWORD_CHANGED(Lives.TWO_WEEKS),
  DEVICE_LINK_CODE(Lives.AS_A_CODE, "code"),
  /** Somebody asked to link a device; nobody has this address. */
  DEVICE_LINK_UNKNOWN(Lives.A_DAY),
  DEVICE_LINKED(Lives.TWO_WEEKS),
  /** A refresh token came a second time: one of the two who had it stole it. */
  SESSION_STOLEN(Lives.TWO_WEEKS),
  /** The first donation of a day. */
  DONATION_RECEIVED(Lives.A_DAY),
  /** The first gift between officers of a day. */
  GIFT_RECEIVED(Lives.A_DAY),
  /** The first encounter of a day. */
  ENCOUNTER_CONFIRMED(Lives.A_DAY);

  private final Duration matters;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> placeholders;

  Template(Duration matters, String... placeholders) {
    this.matters = matters;
    this.placeholders = Set.of(placeholders);
  }

  /** The letter that welcomes a party of this kind; admins are made by hand and get none. */
  public static Template welcome(PartyKind kind) {
    return switch (kind) {
      case CIVILIAN -> WELCOME_CIVILIAN;
      case OFFICER -> WELCOME_OFFICER;
      case CHARITY -> WELCOME_CHARITY;
      case FAMILY -> WELCOME_FAMILY;
      case MERCHANT -> WELCOME_MERCHANT;
      case ADMIN -> throw new IllegalArgumentException("nobody welcomes an admin by mail");
    };
  }

  /** How long after it was written the letter is worth delivering. */
  public Duration matters() {
    return matters;
  }

  /** The names of the values that the text needs, no more and no fewer. */
  public Set<String> placeholders() {
    return placeholders;
  }

  /**
   * Reads {@link #toString}'s form.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Template parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** For example {@code welcome-officer}: names its texts, and stands in lists and metrics. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static final class Lives {
    static final Duration AS_A_CODE = Duration.ofMinutes(10);
    static final Duration A_DAY = Duration.ofDays(1);
    static final Duration THREE_DAYS = Duration.ofDays(3);
    static final Duration TWO_WEEKS = Duration.ofDays(14);
  }
}
