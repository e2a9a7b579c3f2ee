package app.heyblue.catalogs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.refresh.World;
import app.heyblue.kernel.PageRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often the charity is among the first ten, over names that the IRS published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchQualityIT {
  private static final int CHARITIES = 400;
  private static final int SHORTEST = 4;
  private static final double ENOUGH = 0.95;
  private static final Path SHARED =
      Path.of(System.getProperty("heyblue.shared-data", "")).resolve("charities");

  private World world;
  private final List<Charity> sample = new ArrayList<>();

  /** What people do to a name. */
  enum Slip {
    SWAPS((word, random) -> at(word, random, (a, b) -> "" + b + a)),
    DROPS((word, random) -> at(word, random, (a, b) -> "" + b)),
    DOUBLES((word, random) -> at(word, random, (a, b) -> "" + a + a + b)),
    REPLACES(
        (word, random) -> at(word, random, (a, b) -> (char) ('A' + random.nextInt(26)) + "" + b)),
    GETS_THE_FIRST_LETTER_WRONG(
        (word, random) -> (char) ('A' + random.nextInt(26)) + word.substring(1)),
    GETS_IT_RIGHT((word, random) -> word);

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without a state
    private final Change change;

    Slip(Change change) {
      this.change = change;
    }

    private interface Change {
      String apply(String word, Random random);
    }

    private interface Pair {
      String of(char a, char b);
    }

    private static String at(String word, Random random, Pair pair) {
      int at = random.nextInt(word.length() - 1);
      return word.substring(0, at)
          + pair.of(word.charAt(at), word.charAt(at + 1))
          + word.substring(at + 2);
    }
  }

  @BeforeAll
  void theFilesOfTwoStates(@TempDir Path folder) throws Exception {
    Path file = SHARED.resolve("eo_dc_2026-04.csv");
    assumeTrue(Files.isReadable(file), "the real IRS files aren't here: " + file);
    world = new World(folder);
    world.refresh(file);
    world.refresh(SHARED.resolve("eo_vt_2026-04.csv"));
    try (Stream<String> lines = Files.lines(file)) {
      List<String> eins = new ArrayList<>(lines.skip(1).map(line -> line.substring(0, 9)).toList());
      Collections.shuffle(eins, new Random(3));
      for (String ein : eins.subList(0, CHARITIES)) {
        sample.add(world.charities.find(new Ein(ein)).orElseThrow());
      }
    }
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (world != null) {
      world.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneSlipInAName(Slip slip) {
    Random random = new Random(slip.ordinal());
    assertFound(slip.name(), name -> slipped(name, slip, random));
  }

  @Test
  void wordsInAnotherOrder() {
    Random random = new Random(11);
    assertFound(
        "shuffled",
        name -> {
          List<String> words = Arrays.asList(name.split(" "));
          Collections.shuffle(words, random);
          return String.join(" ", words);
        });
  }

  @Test
  void oneSlipAndAnotherOrder() {
    Random random = new Random(12);
    assertFound(
        "slipped and shuffled",
        name -> {
          List<String> words = Arrays.asList(slipped(name, Slip.SWAPS, random).split(" "));
          Collections.shuffle(words, random);
          return String.join(" ", words);
        });
  }

  /** Where several share the name, any of them: nobody can tell which is meant. */
  private void assertFound(String how, java.util.function.UnaryOperator<String> typed) {
    List<String> missed = new ArrayList<>();
    for (Charity charity : sample) {
      String query = typed.apply(charity.name());
      boolean found =
          world.search.search(query, null, new PageRequest(10, null)).items().stream()
              .anyMatch(one -> Words.of(one.name()).equals(Words.of(charity.name())));
      if (!found) {
        missed.add(query + " for " + charity.name());
      }
    }
    System.out.printf("found %s: %d of %d%n", how, CHARITIES - missed.size(), CHARITIES);
    assertThat(missed).as(how).hasSizeLessThanOrEqualTo((int) (CHARITIES * (1 - ENOUGH)));
  }

  private static String slipped(String name, Slip slip, Random random) {
    String[] words = name.split(" ");
    int start = random.nextInt(words.length);
    for (int i = 0; i < words.length; i++) {
      int at = (start + i) % words.length;
      if (words[at].length() >= SHORTEST) {
        words[at] = slip.change.apply(words[at], random);
        break;
      }
    }
    return String.join(" ", words);
  }
}
