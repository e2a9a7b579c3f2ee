package app.heyblue.kernel;

import java.util.UUID;

/** Reads ids strictly: {@link UUID#fromString} alone also takes "1-1-1-1-1". */
public final class Uuids {
  private Uuids() {}

  /**
   * Reads the 36-character form of RFC 9562.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static UUID parse(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("an id has 36 characters, as in RFC 9562");
    }
    return UUID.fromString(text);
  }
}
