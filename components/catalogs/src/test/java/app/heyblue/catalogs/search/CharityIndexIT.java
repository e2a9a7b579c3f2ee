package app.heyblue.catalogs.search;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.refresh.World;
import app.heyblue.kernel.PageRequest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index follows the catalog, whatever happens to either. */
class CharityIndexIT {
  private Path home;
  private World world;

  @BeforeEach
  void twoCharities(@TempDir Path folder) throws Exception {
    home = folder.resolve("home");
    world = new World(folder);
    world.refresh(first("MORNING STAR"), second());
  }

  @AfterEach
  void stop() throws InterruptedException {
    world.close();
  }

  @Test
  void followsWhatAnotherProcessShows() throws Exception {
    try (Indexing other = new Indexing()) {
      assertThat(other.names("star")).containsExactly("MORNING STAR");
      world.refresh(first("EVENING STAR"), second(), row("010000003", "STAR", "BARRE", "VT"));
      assertThat(other.names("star")).containsExactly("STAR", "EVENING STAR");
      assertThat(other.names("morning")).isEmpty();
      assertThat(world.search.search("star", null, new PageRequest(9, null)).items()).hasSize(2);
    }
  }

  @Test
  void followsAGenerationThatTakesAnOlderOneBack() throws Exception {
    world.refresh(first("EVENING STAR"), second());
    world.database.useTransaction(
        tx -> {
          long last =
              tx.createQuery("select max(generation) from catalogs.refresh")
                  .mapTo(Long.class)
                  .one();
          tx.execute("set local search_path = catalogs");
          tx.execute(
              "insert into refresh (id, catalog, source, status, started_at, finished_at)"
                  + " values (gen_random_uuid(), 'charities', 'back', 'applied', now(), now())");
          tx.execute("update charity set until = ? where since = ?", last + 1, last);
          tx.execute(
              "insert into charity (ein, since, name, city, state, zip, deductible, fingerprint)"
                  + " select ein, ?, name, city, state, zip, deductible, fingerprint from charity"
                  + " where until = ?",
              last + 1,
              last);
          tx.execute("update catalog set generation = ? where name = 'charities'", last + 1);
        });
    assertThat(names(world.search, "star")).containsExactly("MORNING STAR");
    assertThat(names(world.search, "evening")).isEmpty();
  }

  @Test
  void isBuiltAnewWhereItsFolderIsEmpty() throws Exception {
    try (Indexing first = new Indexing()) {
      assertThat(first.names("star")).hasSize(1);
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    try (Indexing second = new Indexing()) {
      assertThat(second.names("star")).containsExactly("MORNING STAR");
    }
  }

  @Test
  void isBuiltAnewWhereAnyOfItsFilesIsDamaged() throws Exception {
    int files = filesOfAnIndex().size();
    for (int i = 0; i < files; i++) {
      Path damaged = filesOfAnIndex().get(i);
      byte[] bytes = Files.readAllBytes(damaged);
      int half = bytes.length / 2;
      if (i % 2 == 0) {
        Files.write(damaged, Arrays.copyOf(bytes, half));
      } else {
        Arrays.fill(bytes, half, bytes.length, (byte) 0x55);
        Files.write(damaged, bytes);
      }
      try (Indexing second = new Indexing()) {
        assertThat(second.names("star")).as("%s", damaged).containsExactly("MORNING STAR");
      }
    }
  }

  @Test
  void isBuiltAnewWhereItIsOfAnotherDatabase(@TempDir Path other) throws Exception {
    try (World elsewhere = new World(other)) {
      elsewhere.refresh(row("010000009", "STAR OF ELSEWHERE", "BARRE", "VT"));
      try (Indexing foreign = new Indexing(elsewhere)) {
        assertThat(foreign.names("star")).containsExactly("STAR OF ELSEWHERE");
      }
    }
    try (Indexing ours = new Indexing()) {
      assertThat(ours.names("star")).containsExactly("MORNING STAR");
    }
  }

  @Test
  void tenWordsThatMayStandForVeryManyAreAQuestionLikeAnyOther() throws Exception {
    List<String> words =
        List.of("bac", "bec", "bic", "boc", "buc", "dac", "dec", "dic", "doc", "duc");
    Set<String> vocabulary = new LinkedHashSet<>();
    for (String word : words) {
      for (int i = 0; i < 26; i++) {
        char letter = (char) ('a' + i);
        vocabulary.add(letter + word.substring(1));
        vocabulary.add(word.substring(0, 2) + letter);
        vocabulary.add(word + letter + "x");
        vocabulary.add(word + letter + "y");
      }
    }
    List<String> rows = new ArrayList<>();
    rows.add(row("010000003", String.join(" ", words), "BARRE", "DC"));
    for (String word : vocabulary) {
      rows.add(row("%09d".formatted(20_000_000 + rows.size()), word, word, "DC"));
    }
    assertThat(world.refresh(rows.toArray(String[]::new)).reason()).isNull();
    try (Indexing other = new Indexing()) {
      assertThat(other.names(String.join(" ", words))).containsExactly(String.join(" ", words));
      assertThat(other.names("bac")).startsWith("bac");
    }
  }

  @Test
  void isBuiltAnewWhereItCannotBeReadButNotForWhatAnOlderStateOfItDid() throws Exception {
    try (Indexing other = new Indexing()) {
      assertThat(other.names("star")).hasSize(1);
      IndexReader first = other.reader();
      world.refresh(first("EVENING STAR"), second());
      assertThat(other.names("star")).containsExactly("EVENING STAR");
      IndexFolder folder = java.util.Objects.requireNonNull(other.index.folder());
      assertThat(folder.shows(first)).isFalse();
      other.index.distrust(first, new IOException("meant by the test"));
      world.refresh(first("MORNING STAR"), second());
      assertThat(other.names("star")).as("followed all the same").containsExactly("MORNING STAR");
      IndexReader current = other.reader();

      other.index.distrust(current, new IOException("meant by the test"));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (folder.shows(current)) {
        assertThat(System.nanoTime()).as("it's emptied").isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(other.names("star")).containsExactly("MORNING STAR");
    }
  }

  private List<Path> filesOfAnIndex() throws Exception {
    try (Indexing any = new Indexing()) {
      assertThat(any.names("star")).hasSize(1);
    }
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals("write.lock"))
          .sorted()
          .toList();
    }
  }

  /** Another server on the same database, with a data folder of its own. */
  private final class Indexing implements AutoCloseable {
    private final CharityIndex index;
    private final CharitySearch search;

    Indexing() {
      this(world);
    }

    Indexing(World of) {
      index = new CharityIndex(of.database, home);
      search = new CharitySearch(of.database, of.charities, index);
      index.start(new StartupEvent());
    }

    IndexReader reader() throws IOException {
      return java.util.Objects.requireNonNull(index.folder())
          .search(IndexSearcher::getIndexReader)
          .orElseThrow();
    }

    List<String> names(String query) {
      return CharityIndexIT.names(search, query);
    }

    @Override
    public void close() throws InterruptedException {
      index.stop(new ShutdownEvent());
    }
  }

  private static List<String> names(CharitySearch search, String query) {
    return search.search(query, null, new PageRequest(9, null)).items().stream()
        .map(Charity::name)
        .toList();
  }

  private static String first(String name) {
    return row("010000001", name, "BURLINGTON", "VT");
  }

  private static String second() {
    return row("010000002", "GLASS SCHOOL", "BURLINGTON", "VT");
  }
}
