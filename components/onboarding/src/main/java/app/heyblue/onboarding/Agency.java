package app.heyblue.onboarding;

import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A police agency on the roster.
 *
 * @param id 1 to 80 of a–z, 0–9 and hyphens, for ever; {@link #idOf} makes one from a name
 * @param emailDomain of its officers' addresses, in lower case
 * @param timeZone IANA; the officer's calendar day
 * @param zip five digits; reports by area use it
 */
public record Agency(String id, String name, String emailDomain, ZoneId timeZone, String zip) {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

  public Agency {
    emailDomain = emailDomain.strip().toLowerCase(Locale.ROOT);
    name = name.strip();
    require(ID.matcher(id).matches() && id.length() <= 80, "an agency's id is a-z, 0-9 and -");
    require(!idOf(name).isEmpty() && name.length() <= 200, "an agency has a name");
    require(
        DOMAIN.matcher(emailDomain).matches() && emailDomain.length() <= 253,
        "an e-mail domain looks like police.example.gov");
    require(zip.matches("[0-9]{5}"), "a ZIP has five digits");
  }

  /** A name as an id: lower case, hyphens for everything but letters and digits. */
  public static String idOf(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
