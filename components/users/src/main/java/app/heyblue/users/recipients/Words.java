package app.heyblue.users.recipients;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts text into the words that a recipient is found by: lower case, without accents. */
public final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Words() {}

  /** The distinct words of a text in their order; none of null. */
  public static Set<String> of(@Nullable String text) {
    if (text == null) {
      return Set.of();
    }
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    Set<String> words = new LinkedHashSet<>(List.of(BETWEEN.split(plain.toLowerCase(Locale.ROOT))));
    words.remove("");
    return words;
  }
}
