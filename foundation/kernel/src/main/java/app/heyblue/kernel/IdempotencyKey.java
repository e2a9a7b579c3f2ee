package app.heyblue.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a repeated request is known, from the {@code Idempotency-Key} header (IETF draft
 * draft-ietf-httpapi-idempotency-key-header): a structured-field string; a bare token is taken too.
 * 1 to 200 characters.
 */
public record IdempotencyKey(String value) {
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\]){1,200})\"");
  private static final Pattern BARE = Pattern.compile("[!#-\\[\\]-~]{1,200}");

  /**
   * Reads the header.
   *
   * @throws ProblemException ({@code idempotency-key-missing}, {@code malformed})
   */
  public static IdempotencyKey parse(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw CommonProblems.IDEMPOTENCY_KEY_MISSING.raise(
          "Send an `Idempotency-Key` header, new for each intention.");
    }
    String text = header.strip();
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.matches()) {
      return new IdempotencyKey(String.valueOf(quoted.group(1)).replaceAll("\\\\(.)", "$1"));
    }
    if (BARE.matcher(text).matches()) {
      return new IdempotencyKey(text);
    }
    throw CommonProblems.MALFORMED.raise(
        "`Idempotency-Key` is a quoted text of 1 to 200 visible ASCII characters.");
  }
}
