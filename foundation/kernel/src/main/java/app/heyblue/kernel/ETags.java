package app.heyblue.kernel;

import org.jspecify.annotations.Nullable;

/** Strong entity tags (RFC 9110, 8.8.3) made from an object's version number. */
public final class ETags {
  private ETags() {}

  /** The tag of a version, with its quotes. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Checks {@code If-Match} against the current version.
   *
   * @throws ProblemException ({@code precondition-required} without the header, {@code stale} where
   *     it names another version)
   */
  public static void requireMatch(@Nullable String ifMatch, long version) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw CommonProblems.PRECONDITION_REQUIRED.raise(
          "Send the ETag that you read as `If-Match`.");
    }
    if (ifMatch.strip().equals("*")) {
      return;
    }
    for (String tag : ifMatch.split(",")) {
      if (tag.strip().equals(of(version))) {
        return;
      }
    }
    throw CommonProblems.STALE.raise("The current version is " + of(version) + ".");
  }
}
