package app.heyblue.catalogs.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.catalogs.postgres.ChangeKind;
import app.heyblue.catalogs.postgres.ChangeList;
import app.heyblue.catalogs.postgres.ChangeList.Change;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two months of the District of Columbia and one of Vermont, as the IRS published them. */
class RealMonthsIT {
  private World world;
  private final Path january = real("eo_dc_2026-01.csv");
  private final Path april = real("eo_dc_2026-04.csv");
  private final Path vermont = real("eo_vt_2026-04.csv");

  @BeforeEach
  void filesAreThere(@TempDir Path folder) {
    assumeTrue(Files.isReadable(january), "the real IRS files aren't here: " + january);
    world = new World(folder);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void countsWhatTwoMonthsDifferBy() throws IOException {
    Map<String, String> before = rows(january);
    Map<String, String> after = rows(april);

    RefreshStatus first = world.refresh(january);
    assertThat(counts(first)).isEqualTo(counts(before.size(), before.size(), 0, 0, 0));

    RefreshStatus second = world.refresh(april);
    assertThat(second.status()).isEqualTo(State.APPLIED);
    assertThat(counts(second))
        .isEqualTo(
            counts(
                after.size(),
                minus(after, before).size(),
                changed(before, after).size(),
                minus(before, after).size(),
                0));

    assertThat(counts(world.refresh(april))).isEqualTo(counts(after.size(), 0, 0, 0, 0));
    assertThat(
            world.database.<Long, RuntimeException>read(
                tx ->
                    tx.createQuery("select count(*) from catalogs.charity_now")
                        .mapTo(Long.class)
                        .one()))
        .isEqualTo(after.size());
  }

  @Test
  void keepsWhatEachRefreshDid() throws IOException {
    world.refresh(january);
    RefreshStatus second = world.refresh(april);
    Map<String, String> before = rows(january);
    Map<String, String> after = rows(april);
    Set<String> added = new TreeSet<>();
    Set<String> changed = new TreeSet<>();
    Set<String> removed = new TreeSet<>();

    ChangeList list = new ChangeList(world.database);
    @Nullable String cursor = null;
    do {
      PageRequest request = new PageRequest(200, cursor);
      Page<Change> page =
          Page.from(list.of(second, request), request, change -> change.ein().value());
      for (Change change : page.items()) {
        switch (change.kind()) {
          case ADDED -> assertThat(added.add(change.ein().value())).isTrue();
          case CHANGED -> assertThat(changed.add(change.ein().value())).isTrue();
          case REMOVED -> assertThat(removed.add(change.ein().value())).isTrue();
        }
        assertThat(change.before() == null).isEqualTo(change.kind() == ChangeKind.ADDED);
        assertThat(change.after() == null).isEqualTo(change.kind() == ChangeKind.REMOVED);
      }
      cursor = page.next();
    } while (cursor != null);

    assertThat(added).isEqualTo(minus(after, before));
    assertThat(removed).isEqualTo(minus(before, after));
    assertThat(changed).isEqualTo(changed(before, after));
    assertThat(list.latest(CatalogFormat.EO_BMF)).contains(second.id());
  }

  @Test
  void refusesTheFileCutAnywhereAndChangesNothing() throws Exception {
    world.refresh(january);
    String seen = world.digest();
    String stored = world.stored();
    byte[] whole = Files.readAllBytes(april);
    int half = whole.length / 2;
    while (whole[half - 1] == '\n' || whole[half] == '\r' || whole[half] == '\n') {
      half--;
    }
    for (int end :
        new int[] {
          half,
          rowEnd(whole, half),
          rowEnd(whole, whole.length - 1000),
          whole.length - 1,
          whole.length - 2
        }) {
      RefreshStatus refused = world.refresh(world.file(Arrays.copyOf(whole, end)));
      assertThat(refused.status()).as("cut at %d", end).isEqualTo(State.REFUSED);
      assertThat(refused.reason()).contains("cut off");
      assertThat(world.digest()).isEqualTo(seen);
      assertThat(world.stored()).isEqualTo(stored);
    }
  }

  @Test
  void refusesAFirstFileCutAtARowsEnd() throws Exception {
    byte[] whole = Files.readAllBytes(april);
    RefreshStatus refused =
        world.refresh(world.file(Arrays.copyOf(whole, rowEnd(whole, whole.length / 2))));
    assertThat(refused.reason()).contains("cut off at a row's end");
  }

  @Test
  void aStatesFileLeavesOtherStatesAlone() throws IOException {
    world.refresh(april);
    RefreshStatus second = world.refresh(vermont);
    int vermonters = rows(vermont).size();
    assertThat(counts(second)).isEqualTo(counts(vermonters, vermonters, 0, 0, 0));
    assertThat(world.charities.find(new Ein("010123106"))).isPresent();
    assertThat(world.charities.find(new Ein("010180687")))
        .hasValueSatisfying(charity -> assertThat(charity.state()).isEqualTo("VT"));
  }

  @Test
  void findsCharitiesOfTheFile() {
    world.refresh(april);
    PageRequest page = new PageRequest(5, null);
    assertThat(world.search.search("capital area food bank", "DC", page).items().getFirst().name())
        .isEqualTo("CAPITAL AREA FOOD BANK");
    assertThat(world.search.search("Bank food Capital", null, page).items().getFirst().name())
        .isEqualTo("CAPITAL AREA FOOD BANK");
  }

  private static Path real(String name) {
    return Path.of(System.getProperty("heyblue.shared-data", ""))
        .resolve("charities")
        .resolve(name);
  }

  private static int rowEnd(byte[] whole, int from) {
    int end = from;
    while (whole[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static Map<String, Long> counts(RefreshStatus s) {
    return counts(s.rowsRead(), s.added(), s.changed(), s.removed(), s.rejected());
  }

  private static Map<String, Long> counts(
      long read, long added, long changed, long removed, long rejected) {
    return Map.of(
        "read", read, "added", added, "changed", changed, "removed", removed, "rejected", rejected);
  }

  /** Straight from the file: no field of these holds a line end, and each begins with its EIN. */
  private static Map<String, String> rows(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.US_ASCII)) {
      return lines
          .skip(1)
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, 9), line -> line, (a, b) -> a, TreeMap::new));
    }
  }

  private static Set<String> minus(Map<String, String> these, Map<String, String> those) {
    Set<String> left = new TreeSet<>(these.keySet());
    left.removeAll(those.keySet());
    return left;
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(row -> before.containsKey(row.getKey()))
        .filter(row -> !row.getValue().equals(before.get(row.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
