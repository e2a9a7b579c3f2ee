package app.heyblue.catalogs.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes names and what people type comparable: words of letters and digits in lower case, without
 * accents and apostrophes. Words that say nothing, such as "the" and "inc", are left out unless
 * there are no others.
 */
final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Set<String> SILENT =
      Set.of(
          "a",
          "an",
          "and",
          "at",
          "by",
          "co",
          "corp",
          "corporation",
          "for",
          "in",
          "inc",
          "incorporated",
          "llc",
          "ltd",
          "of",
          "on",
          "the",
          "to");

  private Words() {}

  /** The words that tell something, in their order; all words where none of them does. */
  static List<String> of(String text) {
    List<String> all = all(text);
    List<String> telling = new ArrayList<>(all.size());
    for (String word : all) {
      if (!SILENT.contains(word)) {
        telling.add(word);
      }
    }
    return telling.isEmpty() ? all : telling;
  }

  /** Every word. */
  static List<String> all(String text) {
    String plain = isAscii(text) ? text : withoutMarks(text);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        word.append((char) (c + ('a' - 'A')));
      } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        word.append(c);
      } else if (c >= 128 && (Character.isLetterOrDigit(c) || Character.isSurrogate(c))) {
        word.append(c);
      } else if (c != '\'' && c != '’' && c != '`' && !word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static String withoutMarks(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }
}
