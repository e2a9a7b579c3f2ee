package app.heyblue.rules.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a rule decides. A draft is activated, an active one retired, a retired one activated. */
public enum RuleStatus {
  DRAFT,
  ACTIVE,
  RETIRED;

  /**
   * Reads the form of the contract, for example {@code draft}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static RuleStatus parse(String text) {
    for (RuleStatus status : values()) {
      if (status.toString().equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException("a status is one of draft, active, retired");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
