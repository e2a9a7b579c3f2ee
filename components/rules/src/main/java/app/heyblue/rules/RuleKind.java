package app.heyblue.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a rule decides about. */
public enum RuleKind {
  ENCOUNTER,
  DONATION,
  GIVEAWAY,
  EXCHANGE,
  PROXIMITY;

  /**
   * Reads the form of the contract, for example {@code encounter}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static RuleKind parse(String text) {
    for (RuleKind kind : values()) {
      if (kind.toString().equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "a rule's kind is one of encounter, donation, giveaway, exchange, proximity");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
