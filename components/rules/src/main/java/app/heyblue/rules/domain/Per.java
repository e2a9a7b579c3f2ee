package app.heyblue.rules.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** For whom a limit counts. Where that party takes no part, the limit doesn't apply. */
public enum Per {
  /** Civilian and officer of an encounter, giver and recipient, or buyer and merchant. */
  PAIR,
  CIVILIAN,
  OFFICER,
  /** Everybody together, for the rule across its versions. */
  RULE;

  /**
   * Reads the form of the contract, for example {@code pair}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static Per parse(String text) {
    for (Per per : values()) {
      if (per.toString().equals(text)) {
        return per;
      }
    }
    throw new IllegalArgumentException("a limit is per pair, civilian, officer or rule");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
