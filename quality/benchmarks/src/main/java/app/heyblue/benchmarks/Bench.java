package app.heyblue.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The command: {@code bench [NAME…]}, each of them without a name. */
public final class Bench {
  private static final List<String> ALL =
      Stream.of(
              CatalogBench.NAMES,
              LedgerBench.NAMES,
              EventsBench.NAMES,
              TrackingBench.NAMES,
              List.of("start", "rules", "qr", CountryBench.NAME))
          .flatMap(List::stream)
          .toList();

  private Bench() {}

  public static void main(String[] names) throws Exception {
    if (List.of(names).contains("--help")) {
      System.out.println("Benchmarks, all without a name: " + String.join(", ", ALL) + ".");
      return;
    }
    List<String> wanted = names.length == 0 ? ALL : List.of(names);
    for (String name : wanted) {
      if (!ALL.contains(name)) {
        System.err.println(
            "There is no benchmark '" + name + "'. There are: " + String.join(", ", ALL) + ".");
        System.exit(2);
      }
    }
    List<String> results = new ArrayList<>();
    System.err.println(Machine.description());
    if (wanted.stream().anyMatch(CatalogBench.NAMES::contains)) {
      int rows = Integer.getInteger("heyblue.bench.rows", CatalogBench.WHOLE_COUNTRY);
      try (CatalogBench catalog = new CatalogBench(rows, results::add)) {
        catalog.run(wanted.contains("catalog-import"), wanted.contains("catalog-search"));
      }
    }
    if (wanted.stream().anyMatch(LedgerBench.NAMES::contains)) {
      TemporaryFolder folder = TemporaryFolder.create();
      new LedgerBench(
              file("heyblue.bench.server"),
              file("heyblue.bench.peers"),
              folder.path(),
              results::add)
          .run(wanted);
      folder.close(); // stays for a look where something failed
    }
    if (wanted.stream().anyMatch(EventsBench.NAMES::contains)) {
      new EventsBench(results::add).run();
    }
    if (wanted.stream().anyMatch(TrackingBench.NAMES::contains)) {
      new TrackingBench(results::add).run(wanted);
    }
    if (wanted.contains("start")) {
      new StartBench(file("heyblue.bench.server"), file("heyblue.bench.cache"), results::add).run();
    }
    if (wanted.contains("rules")) {
      new RulesBench(results::add).run();
    }
    if (wanted.contains("qr")) {
      new QrBench(results::add).run();
    }
    if (wanted.contains(CountryBench.NAME)) {
      TemporaryFolder folder = TemporaryFolder.create();
      new CountryBench(file("heyblue.bench.server"), folder.path(), results::add).run();
      folder.close();
    }
    results.forEach(System.out::println);
    System.exit(0);
  }

  /** A line for people and programs; a ratio above 1 says that ours is the faster. */
  static String line(String name, String unit, double ours, double peer) {
    return String.format(
        Locale.ROOT,
        "bench %s ours=%.2f%s peer=%.2f%s ratio=%.2f",
        name,
        ours,
        unit,
        peer,
        unit,
        peer / ours);
  }

  /** A line of rates, in things per second. */
  static String rates(String name, double ours, double peer) {
    return String.format(
        Locale.ROOT, "bench %s ours=%.0f/s peer=%.0f/s ratio=%.2f", name, ours, peer, ours / peer);
  }

  private static Path file(String property) {
    return Path.of(System.getProperty(property, ""));
  }

  static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, "  " + format + "%n", values);
  }
}
