package app.heyblue.benchmarks;

import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedPostgres;
import app.heyblue.testing.bmf.CountryFile;
import app.heyblue.testing.town.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The charity catalog of the whole country: importing it, and finding in it. */
final class CatalogBench implements AutoCloseable {
  static final List<String> NAMES = List.of("catalog-import", "catalog-search");
  static final int WHOLE_COUNTRY = CountryFile.WHOLE_COUNTRY;

  private static final int RUNS = 3;
  private static final int WARM_UP = 1500;
  private static final int SEARCHES = 2000;
  private static final int PEER_SEARCHES = 40;
  private static final long SEED = 20_261_124;

  private final TemporaryFolder folder;
  private final Consumer<String> results;
  private final EmbeddedPostgres postgres;
  private final int rows;
  private final Path month;
  private final Path next;
  private final List<Path> homes = new ArrayList<>();

  CatalogBench(int rows, Consumer<String> results) throws IOException {
    this.rows = rows;
    this.results = results;
    this.folder = TemporaryFolder.create();
    this.month = folder.path().resolve("month.csv");
    this.next = folder.path().resolve("next.csv");
    Bench.say("writing two months of %,d rows into %s …", rows, folder.path());
    CountryFile country = new CountryFile(rows, SEED);
    country.write(month);
    country.write(
        next,
        rows == WHOLE_COUNTRY
            ? CountryFile.Changes.OF_A_MONTH
            : new CountryFile.Changes(rows / 98, rows / 10, rows / 650));
    this.postgres = EmbeddedPostgres.start(folder.path());
  }

  void run(boolean imports, boolean searches) throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> oursNext = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    List<Double> peersWithWords = new ArrayList<>();
    int runs = imports ? RUNS : 1;
    for (int run = 1; run <= runs; run++) {
      try (Peer peer = new Peer(database("peer" + run))) {
        double copy = Times.of(() -> peer.copy(month));
        double indexes = Times.of(peer::indexLikeTheCatalog);
        peers.add(copy + indexes);
        Bench.say("run %d: PostgreSQL copies in %.1f s, indexes in %.1f s", run, copy, indexes);
        if (imports) {
          double words = Times.of(peer::indexForWords);
          peersWithWords.add(copy + indexes + words);
          Bench.say("run %d: and for searching by words in %.1f s", run, words);
        }
        if (run == runs && searches) {
          Bench.say("run %d: and for trigrams in %.1f s", run, Times.of(peer::indexForTrigrams));
        }
        try (ServerProcess server = server(run);
            Catalog catalog = new Catalog(server.awaitReady())) {
          ours.add(Times.of(() -> imported(catalog, "month")));
          Bench.say("run %d: HeyBlue imports in %.1f s", run, ours.getLast());
          if (run == runs && searches) {
            search(catalog, peer);
          }
          if (imports) {
            oursNext.add(Times.of(() -> imported(catalog, "next")));
            Bench.say("run %d: HeyBlue takes in the next month in %.1f s", run, oursNext.getLast());
          }
          Bench.say(
              "run %d: the server has had %d MiB at most, its index has %d MB on disk",
              run,
              Machine.peakMib(server.process().pid()),
              megabytes(homes.getLast().resolve("search")));
        }
      }
      drop("peer" + run);
      drop("ours" + run);
    }
    if (imports) {
      results.accept(Bench.line("catalog-import", "s", Times.median(ours), Times.median(peers)));
      results.accept(
          Bench.line(
              "catalog-import-searchable-peer",
              "s",
              Times.median(ours),
              Times.median(peersWithWords)));
      results.accept(
          Bench.line(
              "catalog-import-next-month", "s", Times.median(oursNext), Times.median(peers)));
    }
  }

  private ServerProcess server(int run) throws Exception {
    homes.add(folder.path().resolve("home" + run));
    return ServerProcess.startOn(
        database("ours" + run),
        Path.of(System.getProperty("heyblue.bench.server", "")),
        homes.getLast(),
        "-Dheyblue.catalogs.sources.month=" + month,
        "-Dheyblue.catalogs.sources.next=" + next);
  }

  /** Until it has been applied and searches are answered from it. */
  private static void imported(Catalog catalog, String source) {
    var done = catalog.refresh(source);
    if (catalog.search("american legion").path("items").isEmpty()) {
      throw new IllegalStateException("Nothing is found after " + done);
    }
  }

  private void search(Catalog catalog, Peer peer) throws Exception {
    List<String[]> charities = sample();
    Random random = new Random(SEED);
    List<String> misspelt =
        charities.stream().map(charity -> Misspelling.of(charity[1], random)).toList();
    List<String> eins =
        charities.stream()
            .map(charity -> charity[0].substring(0, 2) + "-" + charity[0].substring(2))
            .toList();
    for (int i = 0; i < WARM_UP; i++) {
      int other = Math.min(SEARCHES + i, charities.size() - 1); // a row may be missing at the end
      catalog.search(misspelt.get(other));
      catalog.search(eins.get(other));
      peer.byEin(charities.get(other)[0]);
    }
    double[] byName = millis(SEARCHES, i -> catalog.search(misspelt.get(i)));
    double[] byEin = millis(SEARCHES, i -> catalog.search(eins.get(i)));
    double[] peerByEin = millis(SEARCHES, i -> peer.byEin(charities.get(i)[0]));
    Bench.say("searching by trigrams in PostgreSQL, %d names …", PEER_SEARCHES);
    double[] peerByName = millis(PEER_SEARCHES, i -> peer.byTrigrams(misspelt.get(i)));
    for (Map.Entry<String, Double> share : List.of(Map.entry("p50", 0.5), Map.entry("p99", 0.99))) {
      results.accept(
          Bench.line(
              "catalog-search-misspelt-" + share.getKey(),
              "ms",
              Times.quantile(byName, share.getValue()),
              Times.quantile(peerByName, share.getValue())));
      results.accept(
          Bench.line(
              "catalog-search-ein-" + share.getKey(),
              "ms",
              Times.quantile(byEin, share.getValue()),
              Times.quantile(peerByEin, share.getValue())));
    }
  }

  /** EIN and name of charities all over the file; names with a comma are left out. */
  private List<String[]> sample() throws IOException {
    int every = Math.max(1, rows / (SEARCHES + WARM_UP) - 1);
    List<String[]> charities = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(month)) {
      String line = lines.readLine();
      for (int i = 0; (line = lines.readLine()) != null; i++) {
        if (i % every == 0 && line.indexOf('"') < 0) {
          charities.add(line.split(",", 3));
        }
      }
    }
    java.util.Collections.shuffle(charities, new Random(SEED));
    return charities;
  }

  private interface Numbered {
    void run(int number) throws Exception;
  }

  private static double[] millis(int count, Numbered work) throws Exception {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      int number = i;
      times[i] = 1000 * Times.of(() -> work.run(number));
    }
    return times;
  }

  private DatabaseUrl database(String name) throws SQLException {
    execute("create database " + name);
    DatabaseUrl url = postgres.url();
    return new DatabaseUrl(
        url.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), url.user(), url.password());
  }

  /** Makes room; where autovacuum is at the database, that goes with the folder at the end. */
  private void drop(String name) {
    try {
      execute("drop database " + name + " with (force)");
    } catch (SQLException busy) {
      Bench.say("%s stays until the end: %s", name, busy.getSQLState());
    }
  }

  private void execute(String sql) throws SQLException {
    DatabaseUrl url = postgres.url();
    try (Connection connection =
            DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long megabytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1_000_000;
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    folder.close();
  }
}
