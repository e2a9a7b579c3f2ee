package app.heyblue.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of transactions in the ledger. */
public enum TransactionKind {
  ENCOUNTER,
  DONATION,
  GIVEAWAY,
  EXCHANGE,
  FORFEITURE,
  REVERSAL;

  /**
   * Reads the form of the contract, for example {@code donation}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static TransactionKind parse(String text) {
    for (TransactionKind kind : values()) {
      if (kind.toString().equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "a kind is one of encounter, donation, giveaway, exchange, forfeiture, reversal");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
