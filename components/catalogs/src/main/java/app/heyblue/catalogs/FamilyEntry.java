package app.heyblue.catalogs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a family, which is also all that a giver may see.
 *
 * @param zip3 the first three digits of its ZIP code
 * @param cause what it needs help with; null where the source doesn't say
 */
public record FamilyEntry(String zip3, @Nullable String cause) {
  private static final Pattern THREE_DIGITS = Pattern.compile("[0-9]{3}");

  public FamilyEntry {
    if (!THREE_DIGITS.matcher(zip3).matches()) {
      throw new IllegalArgumentException("three digits of a ZIP code");
    }
  }
}
