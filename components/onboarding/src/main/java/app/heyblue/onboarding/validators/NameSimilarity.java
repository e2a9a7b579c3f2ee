package app.heyblue.onboarding.validators;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How alike two names of organisations are: the Sørensen–Dice coefficient of their words. Case,
 * accents, punctuation, the words' order, legal forms and articles don't count; words of five
 * letters or more may differ by one edit.
 */
final class NameSimilarity {
  private static final Set<String> IGNORED =
      Set.of(
          "the",
          "of",
          "for",
          "and",
          "in",
          "a",
          "an",
          "to",
          "inc",
          "incorporated",
          "corp",
          "corporation",
          "co",
          "company",
          "llc",
          "ltd",
          "tr",
          "trust",
          "nfp");
  private static final int FUZZY_FROM = 5;

  private NameSimilarity() {}

  /** From 0, nothing in common, to 1, the same. */
  static double of(String one, String other) {
    List<String> left = words(one);
    List<String> right = words(other);
    if (left.isEmpty() || right.isEmpty()) {
      return left.equals(right) ? 1 : 0;
    }
    int words = left.size() + right.size();
    int shared = 0;
    for (boolean exact : new boolean[] {true, false}) {
      for (String word : List.copyOf(left)) {
        int match = find(word, right, exact);
        if (match >= 0) {
          left.remove(word);
          right.remove(match);
          shared++;
        }
      }
    }
    return 2.0 * shared / words;
  }

  private static int find(String word, List<String> words, boolean exact) {
    for (int i = 0; i < words.size(); i++) {
      String candidate = words.get(i);
      if (exact
          ? candidate.equals(word)
          : Math.min(word.length(), candidate.length()) >= FUZZY_FROM
              && isOneEditApart(word, candidate)) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> words(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("['’.]", "");
    List<String> words =
        Arrays.stream(plain.split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty() && !IGNORED.contains(word))
            .sorted()
            .toList();
    return new ArrayList<>(words);
  }

  /** Whether one insertion, deletion, replacement or swap of neighbours makes one the other. */
  private static boolean isOneEditApart(String one, String other) {
    String shorter = one.length() <= other.length() ? one : other;
    String longer = one.length() <= other.length() ? other : one;
    if (longer.length() - shorter.length() > 1) {
      return false;
    }
    int i = 0;
    while (i < shorter.length() && shorter.charAt(i) == longer.charAt(i)) {
      i++;
    }
    if (longer.length() > shorter.length()) {
      return shorter.substring(i).equals(longer.substring(i + 1));
    }
    if (i == shorter.length() || shorter.substring(i + 1).equals(longer.substring(i + 1))) {
      return true;
    }
    return i + 1 < shorter.length()
        && shorter.charAt(i) == longer.charAt(i + 1)
        && shorter.charAt(i + 1) == longer.charAt(i)
        && shorter.substring(i + 2).equals(longer.substring(i + 2));
  }
}
