package app.heyblue.users.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TyposTest {
  @Test
  void shortWordsAndNumbersHaveNoForms() {
    assertThat(Typos.forms(Set.of("inc", "of", "", "20001", "k31a"))).isEmpty();
  }

  @Property
  void oneTypoLeavesAFormInCommon(
      @ForAll @AlphaChars @StringLength(min = 5, max = 12) String word,
      @ForAll @IntRange(max = 4) int at,
      @ForAll @AlphaChars char letter) {
    String fewer = word.substring(0, at) + word.substring(at + 1);
    String more = word.substring(0, at) + letter + word.substring(at);
    String other = word.substring(0, at) + letter + word.substring(at + 1);
    for (String typo : new String[] {fewer, more, other}) {
      assertThat(shareAForm(word, typo)).as(typo).isTrue();
    }
    if (at + 1 < word.length()) {
      String swapped =
          word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
      assertThat(shareAForm(word, swapped)).as(swapped).isTrue();
    }
  }

  @Property
  void formsAreTextThatADatabaseTakes(@ForAll String text) {
    assertThat(Typos.forms(Words.of(text)))
        .allMatch(form -> form.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c < 0xE000)));
  }

  @Test
  void wordsThatDifferMuchShareNoForm() {
    assertThat(shareAForm("food", "bank")).isFalse();
    assertThat(shareAForm("rescue", "relief")).isFalse();
  }

  private static boolean shareAForm(String one, String other) {
    return !Collections.disjoint(Typos.forms(Set.of(one)), Typos.forms(Set.of(other)));
  }
}
