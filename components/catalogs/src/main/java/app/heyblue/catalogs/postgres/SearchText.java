package app.heyblue.catalogs.postgres;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes names and what people type comparable: lower case, no accents, no apostrophes, words of
 * letters and digits only, and no "and", which the IRS writes as "&" at times.
 */
final class SearchText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['’`]");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int MOST_WORDS = 12;

  private SearchText() {}

  static String fold(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String joined = APOSTROPHES.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    return Arrays.stream(BETWEEN_WORDS.split(joined))
        .filter(Predicate.not(String::isEmpty))
        .filter(word -> !word.equals("and"))
        .collect(Collectors.joining(" "));
  }

  /**
   * A text search query that asks for all words, in any order.
   *
   * @param folded by {@link #fold}, not empty
   * @param label what follows each word, for example {@code :*} for words that begin with it
   */
  static String allWords(String folded, String label) {
    return Arrays.stream(folded.split(" "))
        .limit(MOST_WORDS)
        .map(word -> "'" + word + "'" + label)
        .collect(Collectors.joining(" & "));
  }
}
