package app.heyblue.notifications.postgres;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** Where a letter is. */
public enum LetterStatus {
  QUEUED("queued"),
  SENT("sent"),
  GIVEN_UP("givenUp");

  private final String text;

  LetterStatus(String text) {
    this.text = text;
  }

  /** Reads {@link #toString}'s form. */
  public static Optional<LetterStatus> find(String text) {
    return Arrays.stream(values()).filter(status -> status.text.equals(text)).findFirst();
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
