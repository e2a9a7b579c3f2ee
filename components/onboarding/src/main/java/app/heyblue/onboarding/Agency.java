package app.heyblue.onboarding;

import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A police agency on the roster, known by its {@link #id}.
 *
 * @param emailDomain of its officers' addresses, in lower case
 * @param timeZone IANA, such as {@code America/Denver}; the officer's calendar day
 * @param zip five digits; reports by area use it
 */
public record Agency(String name, String emailDomain, String timeZone, String zip) {
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

  /**
   * Brings the values into one form.
   *
   * @throws IllegalArgumentException saying which value isn't acceptable
   */
  public Agency {
    name = name.strip();
    emailDomain = emailDomain.strip().toLowerCase(Locale.ROOT);
    timeZone = timeZone.strip();
    zip = zip.strip();
    require(
        !idOf(name).isEmpty() && name.length() <= 200 && !name.matches("(?s).*[\\p{C}].*"),
        "an agency has a name of 1 to 200 visible characters");
    require(
        emailDomain.length() <= 253 && DOMAIN.matcher(emailDomain).matches(),
        "an e-mail domain looks like police.example.gov");
    require(
        ZoneId.getAvailableZoneIds().contains(timeZone),
        "a time zone is one of IANA's, such as America/Denver");
    require(zip.matches("[0-9]{5}"), "a ZIP has five digits");
  }

  /** The name without what spellings differ in: lower case, hyphens between words. */
  public String id() {
    return idOf(name);
  }

  /** The id that a name has. */
  public static String idOf(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
