package app.heyblue.onboarding.domain;

import app.heyblue.catalogs.Ein;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which evidence each kind of party brings, and in which form. */
public final class EvidenceRules {
  public static final String AGENCY = "agency";
  public static final String BADGE_NUMBER = "badgeNumber";
  public static final String EIN = "ein";
  public static final String CASE_NUMBER = "caseNumber";
  public static final String LEGAL_NAME = "legalName";

  private static final String TEXT = "(?s)(?=.*[\\p{L}\\p{N}])[^" + FormRules.HIDDEN + "]+";

  private EvidenceRules() {}

  /**
   * Checks evidence and brings it into its stored form: no surrounding spaces, EINs as nine digits.
   *
   * @throws ProblemException ({@code invalid-input}) naming every missing, unknown or malformed
   *     member, {@code /evidence/<member>}
   */
  public static Map<String, String> checked(
      PartyKind kind, Map<String, ? extends @Nullable String> evidence) {
    Map<String, Integer> members = members(kind);
    List<InputError> errors = new ArrayList<>();
    Map<String, String> checked = new TreeMap<>();
    members.forEach(
        (member, max) -> {
          String value = evidence.get(member);
          if (value == null) {
            errors.add(error(member, "missing: a " + kind + " gives " + rule(member, max)));
          } else if (!isWellFormed(member, value.strip(), max)) {
            errors.add(error(member, "must be " + rule(member, max)));
          } else {
            String text = value.strip();
            checked.put(member, member.equals(EIN) ? Ein.parse(text).value() : text);
          }
        });
    for (String member : new TreeSet<>(evidence.keySet())) {
      if (!members.containsKey(member)) {
        errors.add(
            error(
                member.replace("~", "~0").replace("/", "~1"),
                members.isEmpty()
                    ? "There is no such field here; a " + kind + " gives no evidence."
                    : "There is no such field here; known are "
                        + String.join(", ", new TreeSet<>(members.keySet()))
                        + "."));
      }
    }
    FormRules.raise(errors);
    return checked;
  }

  /** The members of a kind's evidence and the longest text of each. */
  private static Map<String, Integer> members(PartyKind kind) {
    return switch (kind) {
      case CIVILIAN, ADMIN -> Map.of();
      case OFFICER -> Map.of(AGENCY, 200, BADGE_NUMBER, 40);
      case CHARITY -> Map.of(EIN, 10);
      case FAMILY -> Map.of(CASE_NUMBER, 60);
      case MERCHANT -> Map.of(LEGAL_NAME, 200, EIN, 10);
    };
  }

  private static boolean isWellFormed(String member, String value, int max) {
    return member.equals(EIN)
        ? value.matches("[0-9]{9}|[0-9]{2}-[0-9]{7}")
        : value.length() <= max && value.matches(TEXT);
  }

  private static String rule(String member, int max) {
    return member.equals(EIN)
        ? "nine digits, as 123456789 or 12-3456789"
        : "a text of 1 to " + max + " characters";
  }

  private static InputError error(String member, String detail) {
    return new InputError("/evidence/" + member, detail);
  }
}
