package app.heyblue.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a party is; it decides what the party may do. In JSON in lower case. */
public enum PartyKind {
  CIVILIAN,
  OFFICER,
  CHARITY,
  FAMILY,
  MERCHANT,
  ADMIN;

  /** Whether the party is a person, whose fields are encrypted and can be forgotten. */
  public boolean isNaturalPerson() {
    return switch (this) {
      case CIVILIAN, OFFICER, FAMILY, ADMIN -> true;
      case CHARITY, MERCHANT -> false;
    };
  }

  /** Whether the party is held to one device per e-mail address. */
  public boolean isBoundToOneDevice() {
    return this == CIVILIAN || this == OFFICER;
  }

  /**
   * Reads the form of the contract, for example {@code civilian}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static PartyKind parse(String text) {
    for (PartyKind kind : values()) {
      if (kind.toString().equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "a kind is one of civilian, officer, charity, family, merchant, admin");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
