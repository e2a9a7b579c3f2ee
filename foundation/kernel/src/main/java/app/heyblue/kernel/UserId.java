package app.heyblue.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The id of a party: a person or an organisation that takes part. A UUIDv7 (RFC 9562). */
public record UserId(UUID value) implements Comparable<UserId> {

  /**
   * Reads the canonical text form.
   *
   * @throws IllegalArgumentException where the text isn't a UUID
   */
  @JsonCreator
  public static UserId parse(String text) {
    return new UserId(Uuids.parse(text));
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
