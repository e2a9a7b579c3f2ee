package app.heyblue.users.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void wordsAreLowerCaseWithoutAccentsOrPunctuation() {
    assertThat(Words.of("St. Mary's NIÑOS-Fund, Inc. 24/7"))
        .containsExactly("st", "mary", "s", "ninos", "fund", "inc", "24", "7");
    assertThat(Words.of(null)).isEmpty();
    assertThat(Words.of(" -- ")).isEmpty();
  }

  @Property
  void wordsHoldLettersAndDigitsOnlySoThatNoneMeansAnythingToLike(@ForAll String text) {
    assertThat(Words.of(text)).allMatch(word -> word.matches("[\\p{L}\\p{N}]+"));
  }
}
