package app.heyblue.catalogs.search;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.refresh.World;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding a charity by what people type. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CharitySearchIT {
  private World world;

  @BeforeAll
  void someCharities(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.refresh(
        row("010000001", "MORNING STAR BAPTIST CHURCH", "WASHINGTON", "DC"),
        row("010000002", "STAR OF THE MORNING", "BURLINGTON", "VT"),
        row("010000003", "MORNING STAR", "BURLINGTON", "VT"),
        row("010000004", "MORNINGSIDE STARLIGHT FUND", "WASHINGTON", "DC"),
        row("010000005", "ST MARYS CHURCH", "WASHINGTON", "DC"),
        row("010000006", "JACK & JILL OF AMERICA INC", "WASHINGTON", "DC"),
        row("010000007", "AFL-CIO LOCAL 4H", "WASHINGTON", "DC"),
        row("010000008", "WASHINGTON GLASS SCHOOL", "BURLINGTON", "VT"),
        row("010000009", "BACK\\SLASH SOCIETY", "WASHINGTON", "DC"),
        row("010000010", "THE ARK", "MONTPELIER", "VT").replace("T22,", "D20,"),
        row("010000011", "AMERICAN LEGION", "BARRE", "VT").replace("20001-0000", "05641-1234"),
        row("010000012", "AMERICAN LEGION", "RUTLAND", "VT").replace("20001-0000", "05701-0001"),
        row("010000013", "AMERICAN LEGION", "WASHINGTON", "DC"));
  }

  @AfterAll
  void stop() throws InterruptedException {
    world.close();
  }

  @Test
  void ranksTheNameItselfThenItsBeginningThenItsWordsThenLongerWords() {
    assertThat(eins("morning star", null))
        .containsExactly("010000003", "010000001", "010000002", "010000004");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sTaR mOrNiNg bapt        | 010000001",
        "church baptist star      | 010000001",
        "St. Mary's               | 010000005",
        "Jack and Jill            | 010000006",
        "JACK & JILL              | 010000006",
        "afl cio                  | 010000007",
        "local 4h                 | 010000007",
        "Bäptist                  | 010000001",
        "back\\slash              | 010000009",
        "star of morning vermont? | 010000002 010000003",
        "mornign baptst           | 010000001",
        "orning baptist           | 010000001",
        "marys chruch             | 010000005",
        "glass washing            | 010000008",
        "fund washington          | 010000004",
      })
  void findsWhatIsMeant(String query, String eins) {
    assertThat(eins(query, null)).containsExactly(eins.split(" "));
  }

  @Test
  void aNameCountsMoreThanACity() {
    assertThat(eins("washington", null)).startsWith("010000008").hasSize(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "american legion rutland    | 010000012",
        "legion barre vermont       | 010000011",
        "american legion dc         | 010000013",
        "american legion 05641      | 010000011",
        "american legion 05641-1234 | 010000011",
        "amercian legion ruttland   | 010000012",
      })
  void placesTellApartThoseThatShareAName(String query, String ein) {
    assertThat(eins(query, null)).startsWith(ein);
  }

  @Test
  void oneWordMayBeMissing() {
    assertThat(eins("morning star qqqqq xzzzx", null)).startsWith("010000003");
    assertThat(eins("glass opera burlington", null)).startsWith("010000008");
    assertThat(eins("qqqqq", null)).isEmpty();
  }

  @Test
  void findsByCause() {
    assertThat(eins("animals montpelier", null)).containsExactly("010000010");
  }

  @Test
  void findsByTheBeginningOfAnEin() {
    assertThat(eins("01-00000", null)).hasSize(13);
    assertThat(eins("01000001", null))
        .containsExactly("010000010", "010000011", "010000012", "010000013");
  }

  @Test
  void narrowsToAState() {
    assertThat(eins("morning", "VT")).containsExactlyInAnyOrder("010000002", "010000003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!", "&", "and", "'", "\\", "%", ":*", "' | 'x", "a:b & !c", "\u0301"})
  void takesAnythingAsWords(String query) {
    assertThat(world.search.search(query, null, new PageRequest(5, null)).items())
        .allSatisfy(charity -> assertThat(charity.name()).isNotBlank());
  }

  @Test
  void pagesWithoutGapsOrRepetitions() {
    List<String> all = eins("washington", null);
    List<String> paged = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Charity> page = world.search.search("washington", null, new PageRequest(2, cursor));
      page.items().forEach(charity -> paged.add(charity.ein().value()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void listsAllByEin() {
    Page<Charity> first = world.charities.list("DC", new PageRequest(4, null));
    Page<Charity> second = world.charities.list("DC", new PageRequest(4, first.next()));
    assertThat(first.items()).hasSize(4);
    assertThat(second.items()).hasSize(3);
    assertThat(second.next()).isNull();
    assertThat(second.items().getLast().ein().value()).isEqualTo("010000013");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1/2/3", "a/2/a\0", "a/99999999999/1", "b/0/0/c"})
  void turnsForeignCursorsAway(String place) {
    PageRequest page = new PageRequest(2, "*" + Cursor.encode(place));
    assertThatThrownBy(() -> world.search.search("star", null, page))
        .isInstanceOf(ProblemException.class);
    if (!place.isEmpty()) {
      PageRequest encoded = new PageRequest(2, Cursor.encode(place));
      assertThatThrownBy(() -> world.search.search("star", null, encoded))
          .isInstanceOf(ProblemException.class);
    }
  }

  private List<String> eins(String query, @Nullable String state) {
    return world.search.search(query, state, new PageRequest(50, null)).items().stream()
        .map(charity -> charity.ein().value())
        .toList();
  }
}
