package app.heyblue.catalogs.refresh;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.FamilyEntry;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.catalogs.postgres.ChangeKind;
import app.heyblue.catalogs.postgres.ChangeList;
import app.heyblue.catalogs.postgres.FamilyTable;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publication 78 and the families: by the same machinery as the charities. */
class ListsIT {
  private static final PageRequest ALL = new PageRequest(200, null);

  private World world;
  private FamilyCatalog families;
  private ChangeList changes;

  @BeforeEach
  void freshWorld(@TempDir Path folder) {
    world = new World(folder);
    families = new FamilyTable(world.database, world, world, Clock.systemUTC());
    changes = new ChangeList(world.database);
  }

  @AfterEach
  void closeWorld() throws InterruptedException {
    world.close();
  }

  @Test
  void oncePublication78IsThereItSaysWhoIsDeductible() throws Exception {
    world.refresh(
        row("010000001", "ONE", "WASHINGTON", "DC"),
        row("010000002", "TWO", "WASHINGTON", "DC").replace(",200211,1,", ",200211,2,"));
    assertThat(deductible("010000001")).contains(true);
    assertThat(deductible("010000002")).contains(false);

    RefreshStatus list =
        world.refresh(
            CatalogName.CHARITIES,
            file("\n\n010000002|Two|Washington|DC|United States|PC\n", "pub78.txt"));
    assertThat(list.format()).isEqualTo(CatalogFormat.PUBLICATION_78);
    assertThat(list.added()).isEqualTo(1);
    assertThat(deductible("010000001")).contains(false);
    assertThat(deductible("010000002")).contains(true);
    assertThat(changes.of(list, ALL))
        .singleElement()
        .satisfies(change -> assertThat(change.after()).extracting(Charity::name).isEqualTo("Two"));
    assertThat(world.log.listings()).isEmpty();

    world.undo(list.id());
    assertThat(deductible("010000001")).contains(true);
    assertThat(deductible("010000002")).contains(false);
  }

  @Test
  void aFirstPublication78ThatIsCutOffIsRefused() throws Exception {
    world.refresh(row("010000001", "ONE", "WASHINGTON", "DC"));
    String whole =
        IntStream.range(0, 1100)
            .mapToObj(i -> "%09d|Name|Washington|DC|United States|PC\n".formatted(i * 890_000 + 7))
            .collect(Collectors.joining());
    String cut = whole.substring(0, whole.indexOf("894450007"));
    RefreshStatus refused = world.refresh(CatalogName.CHARITIES, file(cut, "pub78.txt"));
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason()).contains("cut off at a row's end").contains("from 90 up");
    assertThat(deductible("010000001")).contains(true);

    assertThat(world.refresh(CatalogName.CHARITIES, file(whole, "pub78.txt")).added())
        .isEqualTo(1100);
    assertThat(deductible("010000001")).contains(false);
  }

  @Test
  void aFirstPublication78OfFewCharitiesIsRefusedWhereTheCatalogIsTheCountrys() throws Exception {
    world.refresh(row("010000001", "ONE", "WASHINGTON", "DC"));
    world.database.useTransaction(
        tx ->
            tx.execute(
                "insert into catalogs.charity"
                    + " (ein, since, name, city, state, zip, deductible, fingerprint)"
                    + " select lpad((200000000 + i)::text, 9, '0'), 0, 'N', 'C', 'DC', '20001',"
                    + " true, '' from generate_series(1, 100000) i"));
    Origin few = file("010000001|One|Washington|DC|United States|PC\n", "pub78.txt");
    RefreshStatus refused = world.refresh(CatalogName.CHARITIES, few);
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason()).contains("1 of the catalog's 100,001 deductible charities");
    assertThat(deductible("200000001")).contains(true);
  }

  @Test
  void twoEditionsOfPublication78DifferByWhatTheyDifferBy() throws Exception {
    Path before = real("pub78-before.txt");
    Path after = real("pub78-after.txt");
    assumeTrue(Files.isReadable(before), "the real files aren't here: " + before);
    RefreshStatus first = world.refresh(before);
    assertThat(List.of(first.rowsRead(), first.added(), first.rejected()))
        .containsExactly(1001L, 1001L, 0L);
    assertThat(first.rowsTotal()).isEqualTo(1001);
    RefreshStatus second = world.refresh(after);
    assertThat(List.of(second.added(), second.changed(), second.removed()))
        .containsExactly(1L, 1L, 1L);
    RefreshStatus undo = world.undo(second.id());
    assertThat(List.of(undo.added(), undo.changed(), undo.removed())).containsExactly(1L, 1L, 1L);
    RefreshStatus again = world.refresh(before);
    assertThat(again.added() + again.changed() + again.removed()).isZero();

    byte[] whole = Files.readAllBytes(after);
    assertThat(world.refresh(world.file(java.util.Arrays.copyOf(whole, 30_000))).reason())
        .contains("cut off");
    int rowEnd = 30_000;
    while (whole[rowEnd - 1] != '\n') {
      rowEnd--;
    }
    assertThat(world.refresh(world.file(java.util.Arrays.copyOf(whole, rowEnd))).reason())
        .contains("cut off");
  }

  @Test
  void familiesComeGoAndComeBack() throws Exception {
    String header = "\ufeffZip,case_number,state,cause,valid_until\r\n";
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      rows.append("82001,WY-100%d,WY,\"Coats, \"\"warm\"\" ones\",\r\n".formatted(i));
    }
    RefreshStatus first = families(header + rows + "82007,wy 1009,wy,,2999-12-31\r\n");
    assertThat(first.reason()).isNull();
    assertThat(first.added()).isEqualTo(10);
    assertThat(families.find("WY1000")).contains(new FamilyEntry("820", "Coats, \"warm\" ones"));
    assertThat(families.find("WY/1009")).contains(new FamilyEntry("820", null));

    RefreshStatus second =
        families(header + rows.toString().replace("82001,WY-1000", "83001,WY-1000"));
    assertThat(List.of(second.added(), second.changed(), second.removed()))
        .containsExactly(0L, 1L, 1L);
    assertThat(families.find("WY1009")).isEmpty();
    assertThat(changes.ofFamilies(second, ALL))
        .extracting(ChangeList.FamilyChange::kind)
        .containsExactlyInAnyOrder(ChangeKind.CHANGED, ChangeKind.REMOVED);
    assertThat(changes.ofFamilies(second, ALL))
        .allSatisfy(change -> assertThat(change.id()).matches("[0-9a-f]{64}"));

    undoFamilies(second);
    assertThat(families.find("WY1009")).isPresent();
    assertThat(families.find("WY1000").map(FamilyEntry::zip3)).contains("820");
    assertThat(stored()).doesNotContain("1009").doesNotContain("WY1");
  }

  @Test
  void aStatesFileLeavesOtherStatesAndThoseAddedByHandAlone() throws Exception {
    families.add("BF-0001", "820", null);
    families("case_number,state,zip\nAA-0001,VT,05401\n");
    families("case_number,state,zip\nAA-0002,WY,82001\n");
    for (String number : List.of("BF-0001", "AA-0001", "AA-0002")) {
      assertThat(families.find(number)).as(number).isPresent();
    }
  }

  @Test
  void aFamilyAddedByHandStaysWhateverARefreshDidToIt() throws Exception {
    String header = "case_number,state,zip,valid_until\n";
    RefreshStatus first = families(header + "AA-0001,VT,05401,2020-01-31\nAA-0002,VT,05401,\n");
    RefreshStatus second = families(header + "AA-0001,VT,05402,2020-02-29\nAA-0002,VT,05401,\n");
    families.add("AA-0001", "820", "Groceries");
    Optional<FamilyEntry> added = Optional.of(new FamilyEntry("820", "Groceries"));
    assertThat(families.find("AA-0001")).isEqualTo(added);

    undoFamilies(second);
    assertThat(families.find("AA-0001")).isEqualTo(added);
    undoFamilies(first);
    assertThat(families.find("AA-0001")).isEqualTo(added);
    assertThat(families.find("AA-0002")).isEmpty();
    families(header + "AA-0002,VT,05401,\n");
    assertThat(families.find("AA-0001")).isEqualTo(added);
  }

  @Test
  void noFamilyIsAddedByHandWhileTheFamiliesAreRefreshed() throws Exception {
    List<Throwable> thrown = new java.util.ArrayList<>();
    world.beforeShown =
        tx ->
            thrown.add(
                org.assertj.core.api.Assertions.catchThrowable(
                    () -> families.add("AA-0001", "820", null)));
    families("case_number,state,zip\nAA-0001,VT,05401\n");
    world.beforeShown = tx -> {};
    assertThat(thrown)
        .singleElement()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(CatalogProblems.REFRESH_RUNNING));
    families.add("AA-0001", "820", null);
    assertThat(families.find("AA-0001")).contains(new FamilyEntry("820", null));
  }

  @Test
  void aFamilyThatIsValidNoLongerIsNotFound() throws Exception {
    families("case_number,state,zip,valid_until\nAA-0001,VT,05401,2020-01-31\n");
    assertThat(families.find("AA-0001")).isEmpty();
  }

  @Test
  void refusesFilesOfFamiliesThatHoldMoreThanTheyShouldOrLess() throws Exception {
    families("case_number,state,zip\nAA-0001,VT,05401\n");
    for (String wrong :
        List.of(
            "case_number,state,zip,name\nAA-0002,VT,05401,Jane Doe\n",
            "case_number,zip\nAA-0002,05401\n",
            "case_number,state,zip,zip\nAA-0002,VT,05401,05401\n",
            "case_number,state,zip\nAA-0002,VT,05401",
            "case_number,state,zip\n",
            "case_number,state,zip\nAA-0002,Vermont,05401\n",
            "case_number,state,zip\nAA-0002,VT,05401\n",
            "")) {
      RefreshStatus refused = families(wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(State.REFUSED);
      assertThat(refused.reason()).endsWith("Nothing was changed.").doesNotContain("Jane");
    }
    assertThat(families.find("AA-0001")).isPresent();
    assertThat(families.find("AA-0002")).isEmpty();
  }

  @Test
  void theCatalogsAreRefreshedBesideEachOther() throws Exception {
    RefreshStatus family = families("case_number,state,zip\nAA-0001,VT,05401\n");
    assertThatThrownBy(() -> world.refresher.status(CatalogName.CHARITIES, family.id()))
        .isInstanceOf(ProblemException.class);
    assertThat(world.refresher.status(CatalogName.FAMILIES, family.id()).added()).isEqualTo(1);
  }

  private Optional<Boolean> deductible(String ein) {
    return world.charities.find(new Ein(ein)).map(Charity::deductible);
  }

  private RefreshStatus families(String content) throws Exception {
    return world.refresh(CatalogName.FAMILIES, file(content, "families.csv"));
  }

  private void undoFamilies(RefreshStatus refresh) throws Exception {
    world.refresher.await(
        CatalogName.FAMILIES, world.refresher.undo(CatalogName.FAMILIES, refresh.id()));
  }

  private Origin file(String content, String name) throws Exception {
    return new Origin.OfFile(world.file(content.getBytes(StandardCharsets.UTF_8)), name, false);
  }

  private String stored() {
    return world.database.read(
        tx ->
            tx.createQuery("select string_agg(f::text, ',') from catalogs.family f")
                .mapTo(String.class)
                .one());
  }

  private static Path real(String name) {
    return Path.of(System.getProperty("heyblue.shared-data", ""))
        .resolve("charities")
        .resolve(name);
  }
}
