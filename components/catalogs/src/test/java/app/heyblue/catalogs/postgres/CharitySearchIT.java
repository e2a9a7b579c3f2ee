package app.heyblue.catalogs.postgres;

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
        row("010000009", "BACK\\SLASH SOCIETY", "WASHINGTON", "DC"));
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
        "star of morning vermont? | ",
        "glass washing            | 010000008",
        "fund washington          | 010000004",
      })
  void findsWhatIsMeant(String query, @Nullable String ein) {
    assertThat(eins(query, null)).isEqualTo(ein == null ? List.of() : List.of(ein));
  }

  @Test
  void aNameCountsMoreThanACity() {
    assertThat(eins("washington", null)).startsWith("010000008").hasSize(7);
  }

  @Test
  void narrowsToAState() {
    assertThat(eins("morning", "VT")).containsExactlyInAnyOrder("010000002", "010000003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!", "&", "and", "'", "\\", "%", ":*", "' | 'x", "a:b & !c", "\u0301"})
  void takesAnythingAsWords(String query) {
    assertThat(world.charities.search(query, null, new PageRequest(5, null)).items())
        .allSatisfy(charity -> assertThat(charity.name()).isNotBlank());
  }

  @Test
  void pagesWithoutGapsOrRepetitions() {
    List<String> all = eins("washington", null);
    List<String> paged = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Charity> page = world.charities.search("washington", null, new PageRequest(2, cursor));
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
    assertThat(second.items()).hasSize(2);
    assertThat(second.next()).isNull();
    assertThat(second.items().getLast().ein().value()).isEqualTo("010000009");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1/2/3", "1/2/a\0/b", "99999999999/1/a/b", "0/0/a/b/c"})
  void turnsForeignCursorsAway(String place) {
    PageRequest page = new PageRequest(2, "*" + Cursor.encode(place));
    assertThatThrownBy(() -> world.charities.search("star", null, page))
        .isInstanceOf(ProblemException.class);
    if (!place.isEmpty()) {
      PageRequest encoded = new PageRequest(2, Cursor.encode(place));
      assertThatThrownBy(() -> world.charities.search("star", null, encoded))
          .isInstanceOf(ProblemException.class);
    }
  }

  private List<String> eins(String query, @Nullable String state) {
    return world.charities.search(query, state, new PageRequest(50, null)).items().stream()
        .map(charity -> charity.ein().value())
        .toList();
  }
}
