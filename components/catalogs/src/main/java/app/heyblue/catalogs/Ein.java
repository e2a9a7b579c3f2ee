package app.heyblue.catalogs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An Employer Identification Number: nine digits, kept as text because of leading zeros. See IRS,
 * "Exempt Organizations Business Master File Extract".
 */
public record Ein(String value) {
  private static final Pattern FORM = Pattern.compile("\\d{9}");

  public Ein {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("an EIN has nine digits");
    }
  }

  /**
   * Reads {@code 123456789} or {@code 12-3456789}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static Ein parse(String text) {
    String trimmed = text.strip();
    return new Ein(
        trimmed.length() == 10 && trimmed.charAt(2) == '-'
            ? trimmed.substring(0, 2) + trimmed.substring(3)
            : trimmed);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
