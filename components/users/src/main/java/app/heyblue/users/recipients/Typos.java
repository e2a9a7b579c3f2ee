package app.heyblue.users.recipients;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds words in spite of one typo: two words that differ by one letter, or by two neighbours that
 * changed places, share a form with one letter fewer (symmetric deletion, as in SymSpell by W.
 * Garbe). It needs an ordinary index only, and nothing that a database may lack.
 */
public final class Typos {
  // Shorter ones resemble each other too much.
  private static final int SHORTEST = 4;

  private Typos() {}

  /** The forms by which the words are found, or find; none of a short word or a number. */
  public static Set<String> forms(Collection<String> words) {
    Set<String> forms = new LinkedHashSet<>();
    for (String word : words) {
      int[] letters = word.codePoints().toArray();
      if (letters.length >= SHORTEST && word.codePoints().noneMatch(Character::isDigit)) {
        forms.add(word);
        for (int i = 0; i < letters.length; i++) {
          forms.add(new String(letters, 0, i) + new String(letters, i + 1, letters.length - i - 1));
        }
      }
    }
    return forms;
  }
}
