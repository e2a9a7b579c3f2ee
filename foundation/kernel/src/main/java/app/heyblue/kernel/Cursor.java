package app.heyblue.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Opaque cursors: a place in a list as base64url text, which clients pass back unread. */
public final class Cursor {
  private Cursor() {}

  public static String encode(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place that a cursor stands for.
   *
   * @throws ProblemException ({@code malformed-cursor}) where the text was not made by {@link
   *     #encode}
   */
  public static String decode(String cursor) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
          .toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw malformed();
    }
  }

  /** The problem to raise where a decoded place doesn't fit its list. */
  public static ProblemException malformed() {
    return CommonProblems.MALFORMED_CURSOR.raise(
        "`after` is not a cursor of this list. Pass `next` of the page before, unchanged.");
  }
}
