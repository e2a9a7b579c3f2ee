package app.heyblue.onboarding.validators;

import java.util.Set;

/** The first two digits of an EIN, which name the IRS campus, or channel, that assigned it. */
final class EinPrefixes {
  // IRS, "How EINs are assigned and valid EIN prefixes": what isn't in its table.
  private static final Set<String> UNASSIGNED =
      Set.of(
          "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89",
          "96", "97");

  private EinPrefixes() {}

  static boolean isAssigned(String ein) {
    return !UNASSIGNED.contains(of(ein));
  }

  static String of(String ein) {
    return ein.substring(0, 2);
  }
}
