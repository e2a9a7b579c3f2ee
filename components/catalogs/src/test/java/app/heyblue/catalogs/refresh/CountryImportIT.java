package app.heyblue.catalogs.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.testing.TestDatabase;
import app.heyblue.testing.bmf.CountryFile;
import io.quarkus.runtime.StartupEvent;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many rows, in the server's heap, with readers all the while. {@code -Dheyblue.country-rows}
 * imports as many as there really are.
 */
class CountryImportIT {
  private static final int ROWS = Integer.getInteger("heyblue.country-rows", 60_000);
  private static final int FEWER = 20_000;

  private final TestDatabase database = TestDatabase.open("catalogs");
  private Path folder;
  private Path month = Path.of("month.csv");
  private Path next = Path.of("next.csv");
  private World world;
  private CountryFile.Changes changes = CountryFile.Changes.NONE;

  @BeforeEach
  void freshWorld(@TempDir Path temporary) throws Exception {
    folder = temporary;
    world = new World(Files.createDirectory(folder.resolve("here")), database.database());
  }

  @AfterEach
  void stop() throws InterruptedException {
    world.close();
  }

  @Test
  void twoMonthsFitIntoTheServersHeapAndAreCounted() throws Exception {
    twoMonths(ROWS);
    Process process = ImportProcess.start(database.url(), folder("there"), month, next);
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.lines().toList())
          .containsExactly(
              "APPLIED %d %d 0 0 0".formatted(ROWS, ROWS),
              "APPLIED %d %d %d %d 0"
                  .formatted(
                      ROWS + changes.added() - changes.removed(),
                      changes.added(),
                      changes.changed(),
                      changes.removed()));
    }
    assertThat(process.waitFor()).isZero();
    assertThat(found()).isEqualTo(inTable());
  }

  @Test
  void searchAndLookUpStayAnsweredFromOneMonthOrTheOther() throws Exception {
    twoMonths(FEWER);
    world.refresh(month);
    String ein = changedName();
    String before = name(ein);
    Set<List<String>> pages = ConcurrentHashMap.newKeySet();
    Set<String> names = ConcurrentHashMap.newKeySet();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean over = new AtomicBoolean();
    List<String> pageBefore = page();
    List<Thread> readers = new ArrayList<>();
    for (Runnable reading :
        List.<Runnable>of(() -> pages.add(page()), () -> names.add(name(ein)))) {
      readers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      do {
                        reading.run();
                      } while (!over.get());
                    } catch (RuntimeException | Error e) {
                      failures.add(e);
                    }
                  }));
    }
    RefreshStatus done = world.refresh(next);
    over.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(done.status()).isEqualTo(State.APPLIED);
    assertThat(failures).isEmpty();
    assertThat(pages).contains(pageBefore).isSubsetOf(pageBefore, page());
    assertThat(names).isSubsetOf(before, name(ein));
    assertThat(found()).isEqualTo(inTable());
  }

  @Test
  void killedInTheMiddleNothingOfItShowsAndTheNextOneGoesThrough() throws Exception {
    twoMonths(FEWER);
    Path there = folder("there");
    world.refresh(month);
    String seen = world.digest();

    Process killed = ImportProcess.startOneThatHolds(database.url(), there, next);
    try (BufferedReader lines = killed.inputReader()) {
      assertThat(lines.readLine()).isEqualTo(ImportProcess.WRITTEN);
      assertThat(
              count(
                  "select count(*) from (select from catalogs.charity where since > (select"
                      + " generation from catalogs.catalog where name = 'charities') limit 1) c"))
          .isPositive();
      killed.destroyForcibly().waitFor();
    }
    awaitNoLock();
    assertThat(world.digest()).isEqualTo(seen);
    assertThat(found()).isEqualTo(inTable());

    world.refresher().start(new StartupEvent());
    Process again = ImportProcess.start(database.url(), there, next);
    try (BufferedReader lines = again.inputReader()) {
      assertThat(lines.readLine()).startsWith("APPLIED").contains(" " + changes.changed() + " ");
    }
    assertThat(again.waitFor()).isZero();
    assertThat(found()).isEqualTo(inTable());
  }

  /** The database notices only after a while that a connection's other end is dead. */
  private void awaitNoLock() {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (count(
            "select count(*) from pg_locks where locktype = 'advisory' and database ="
                + " (select oid from pg_database where datname = current_database())")
        > 0) {
      assertThat(System.nanoTime()).as("the dead one's lock is free").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void twoMonths(int rows) throws Exception {
    CountryFile country = new CountryFile(rows, 5);
    changes =
        rows == CountryFile.WHOLE_COUNTRY
            ? CountryFile.Changes.OF_A_MONTH
            : new CountryFile.Changes(rows / 97, rows / 10, rows / 650);
    month = country.write(folder.resolve("month.csv"));
    next = country.write(folder.resolve("next.csv"), changes);
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  /** All EINs that a search for one letter finds, page by page, in a state. */
  private long found() {
    long found = 0;
    String cursor = null;
    do {
      Page<Charity> page = world.search.search("wyoming", "WY", new PageRequest(200, cursor));
      found += page.items().size();
      cursor = page.next();
    } while (cursor != null);
    return found;
  }

  private long inTable() {
    return count("select count(*) from catalogs.charity_now where state = 'WY'");
  }

  private long count(String sql) {
    return world.database.<Long, RuntimeException>read(
        tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  private List<String> page() {
    return world
        .search
        .search("american legion fund", null, new PageRequest(20, null))
        .items()
        .stream()
        .map(Object::toString)
        .toList();
  }

  private String name(String ein) {
    return world.charities.find(new Ein(ein)).orElseThrow().name();
  }

  /** A charity whose name differs between the months. */
  private String changedName() throws Exception {
    try (BufferedReader rows = Files.newBufferedReader(month);
        BufferedReader later = Files.newBufferedReader(next)) {
      String line = later.readLine();
      java.util.Map<String, String> names = new java.util.HashMap<>();
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        names.put(row.substring(0, Math.min(9, row.length())), row.split(",", 3)[1]);
      }
      for (line = later.readLine(); line != null; line = later.readLine()) {
        String name = names.get(line.substring(0, 9));
        if (name != null && !name.startsWith("\"") && !line.split(",", 3)[1].equals(name)) {
          return line.substring(0, 9);
        }
      }
    }
    throw new AssertionError("no name differs");
  }
}
