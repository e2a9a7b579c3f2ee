package app.heyblue.catalogs.search;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of the catalog that an index shows.
 *
 * @param refresh the one that made the generation, which tells apart two databases; null for the
 *     empty catalog that no refresh made
 */
public record Stand(long generation, @Nullable UUID refresh) {
  private static final String GENERATION = "generation";
  private static final String REFRESH = "refresh";
  private static final String FORMAT = "format";

  /** For the commit of an index. */
  Map<String, String> text() {
    return Map.of(
        GENERATION, Long.toString(generation),
        REFRESH, refresh == null ? "" : refresh.toString(),
        FORMAT, Integer.toString(Documents.FORMAT));
  }

  /** Reads what a commit says; null where it's of another format. */
  static @Nullable Stand of(Map<String, String> text) {
    String generation = text.get(GENERATION);
    String refresh = text.get(REFRESH);
    if (generation == null
        || refresh == null
        || !Integer.toString(Documents.FORMAT).equals(text.get(FORMAT))) {
      return null;
    }
    return new Stand(
        Long.parseLong(generation), refresh.isEmpty() ? null : UUID.fromString(refresh));
  }
}
