package app.heyblue.encounters.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuotesTest {
  @Test
  void anEncounterKeepsItsWordsAndAllOfThemAreUsed() {
    Random random = new Random(1);
    Set<String> used = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      UUID encounter = new UUID(random.nextLong(), random.nextLong());
      assertThat(Quotes.of(encounter)).isEqualTo(Quotes.of(encounter));
      used.add(Quotes.of(encounter));
    }
    assertThat(used).hasSameElementsAs(Quotes.all());
  }
}
