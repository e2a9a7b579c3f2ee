package app.heyblue.onboarding.validators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NameSimilarityTest {
  @Test
  void spellingsOfOneNameAreAlike() {
    assertAlike("Capital Food Pantry", "CAPITAL FOOD PANTRY INC");
    assertAlike("The Children's Clinic", "CHILDRENS CLINIC");
    assertAlike("Niños del Norte", "NINOS DEL NORTE");
    assertAlike("Comunity Garden of Bluefield", "COMMUNITY GARDEN BLUEFIELD");
    assertAlike("Red Cross", "AMERICAN NATIONAL RED CROSS");
    assertAlike("St. Mary's Church", "ST MARYS CHURCH");
  }

  @Test
  void otherNamesAreNot() {
    assertOther("Maryland Food Bank", "CAPITAL AREA FOOD BANK");
    assertOther("Cat Lovers Club", "CAPITAL FOOD PANTRY INC");
    assertOther("The Foundation Inc", "AMERICAN NATIONAL RED CROSS");
    assertOther("!!!", "CAPITAL FOOD PANTRY INC");
    assertOther("Inc", "CAPITAL FOOD PANTRY INC");
  }

  @Property(tries = 200)
  void liesBetweenNothingAndTheSame(@ForAll String one, @ForAll String other) {
    assertThat(NameSimilarity.of(one, other)).isBetween(0.0, 1.0);
    assertThat(NameSimilarity.of(one, one)).isEqualTo(1.0);
  }

  @Property(tries = 200)
  void theOrderOfTheWordsDoesNotCount(
      @ForAll @AlphaChars @Chars(' ') @StringLength(max = 40) String name, @ForAll long seed) {
    List<String> words = Arrays.asList(name.split(" "));
    Collections.shuffle(words, new Random(seed));

    assertThat(NameSimilarity.of(name, String.join(" ", words))).isEqualTo(1.0);
  }

  private static void assertAlike(String one, String other) {
    assertThat(NameSimilarity.of(one, other)).as(one).isGreaterThanOrEqualTo(0.6);
  }

  private static void assertOther(String one, String other) {
    assertThat(NameSimilarity.of(one, other)).as(one).isLessThan(0.6);
  }
}
