package app.heyblue.messaging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two streams: what happens to parties, and what happens to points. */
public enum Stream {
  USERS,
  TRANSACTIONS;

  /**
   * Reads {@code users} or {@code transactions}.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static Stream parse(String text) {
    for (Stream stream : values()) {
      if (stream.toString().equals(text)) {
        return stream;
      }
    }
    throw new IllegalArgumentException("a stream is users or transactions");
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
