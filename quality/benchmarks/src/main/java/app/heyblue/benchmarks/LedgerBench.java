package app.heyblue.benchmarks;

import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.testing.town.Api;
import app.heyblue.testing.town.Person;
import app.heyblue.testing.town.ServerProcess;
import app.heyblue.testing.town.Townspeople;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Donations through the HTTP API of a whole server, its streams and read models at work, beside
 * pgbench on the same PostgreSQL and beside a FastAPI service on it.
 */
final class LedgerBench {
  static final List<String> NAMES =
      List.of("ledger", "ledger-vs-fastapi", "ledger-hot-account", "ledger-latency");

  private static final int CLIENTS = 64;
  private static final int CHARITIES = 40;
  private static final int RUNS = 3;
  private static final int SECONDS = Integer.getInteger("heyblue.bench.seconds", 10);

  /** The seconds that the JVM has at most for compiling what a donation needs. */
  private static final int WARM_UP = Integer.getInteger("heyblue.bench.warm-up", 180);

  /** And at least: a process that has hardly begun to compile is steadily slow. */
  private static final int LEAST_WARM_UP = 60;

  private static final int WINDOW = 15;

  /** It's warm where a window differs from the one before by no more than this share. */
  private static final double STEADY = 0.05;

  /** A small database for pgbench, and the one its manual asks for: a branch for each client. */
  private static final List<Integer> SCALES = List.of(10, CLIENTS);

  private static final long POINTS = 1_000_000;
  private static final double SPREAD = 1.0 / CHARITIES;
  private static final double HOT = 0.9;

  /** The most transactions a second that the country makes. */
  private static final int PEAK = 140;

  private final Path jar;
  private final Path peers;
  private final Path folder;
  private final Consumer<String> results;
  private final List<Double> ours = new ArrayList<>();

  LedgerBench(Path jar, Path peers, Path folder, Consumer<String> results) {
    this.jar = jar;
    this.peers = peers;
    this.folder = folder;
    this.results = results;
  }

  void run(List<String> wanted) throws Exception {
    Path home = folder.resolve("ledger");
    try (ServerProcess server = ServerProcess.start(jar, home)) {
      moreConnections(server);
      List<PgBench> pgbenches =
          wanted.contains("ledger") || wanted.contains("ledger-hot-account")
              ? fill(server.database())
              : List.of();
      try (Api api = new Api(server.address())) {
        Townspeople town = new Townspeople(api);
        String admin = town.demoToken("admin");
        Bench.say("%d people and %d charities join and meet …", CLIENTS, CHARITIES);
        List<Person> givers = town.join("civilian", CLIENTS);
        List<String> charities =
            town.join("charity", CHARITIES).stream().map(Person::userId).toList();
        town.payForMeetings(admin, POINTS);
        town.meet(givers, town.join("officer", 4));
        List<String> tokens = givers.stream().map(Person::token).toList();
        measure(
            wanted,
            new Donations(server.address(), tokens, charities, SPREAD),
            new Donations(server.address(), tokens, charities, HOT),
            pgbenches,
            () -> settle(town, admin));
        if (wanted.contains("ledger-vs-fastapi")) {
          compare(server.database());
        }
      }
    }
  }

  /** Waits until all consumers have taken in everything, and tells how many seconds that took. */
  private interface Settling {
    double await();
  }

  private void measure(
      List<String> wanted,
      Donations spread,
      Donations hot,
      List<PgBench> pgbenches,
      Settling settling)
      throws Exception {
    warmUp(spread);
    List<Double> oursHot = new ArrayList<>();
    Map<PgBench, List<Double>> peers = new LinkedHashMap<>();
    for (int run = 1; run <= RUNS; run++) {
      double _ = settling.await();
      Donations.Result result = spread.asFastAsTheyCan(SECONDS);
      ours.add(result.perSecond());
      Bench.say(
          "run %d: %,.0f donations a second, p50 %.1f ms, p99 %.1f ms; all consumers %.1f s later",
          run,
          result.perSecond(),
          Times.quantile(result.millis(), 0.5),
          Times.quantile(result.millis(), 0.99),
          settling.await());
      if (wanted.contains("ledger-hot-account")) {
        oursHot.add(hot.asFastAsTheyCan(SECONDS).perSecond());
        Bench.say("run %d: %,.0f a second, most to one charity", run, oursHot.getLast());
        double _ = settling.await();
      }
      for (PgBench pgbench : pgbenches) {
        List<Double> rates = peers.computeIfAbsent(pgbench, peer -> new ArrayList<>());
        rates.add(pgbench.run(CLIENTS, SECONDS));
        Bench.say(
            "run %d: pgbench at scale %d %,.0f a second", run, pgbench.scale(), rates.getLast());
      }
    }
    if (wanted.contains("ledger")) {
      peers.forEach(
          (pgbench, rates) -> results.accept(line("ledger-scale-" + pgbench.scale(), ours, rates)));
      results.accept(line("ledger", ours, best(peers.values())));
    }
    if (wanted.contains("ledger-hot-account")) {
      results.accept(line("ledger-hot-account", oursHot, best(peers.values())));
    }
    if (wanted.contains("ledger-latency")) {
      double _ = settling.await();
      double[] millis = spread.at(PEAK, 3.0 * SECONDS).millis();
      results.accept(
          String.format(
              Locale.ROOT,
              "bench ledger-latency at %d a second: p50=%.1fms p99=%.1fms",
              PEAK,
              Times.quantile(millis, 0.5),
              Times.quantile(millis, 0.99)));
    }
  }

  private void compare(DatabaseUrl postgres) throws Exception {
    List<Double> fastApi = new ArrayList<>();
    try (FastApi service =
        FastApi.start(
            peers.resolve("fastapi"),
            postgres,
            CLIENTS,
            CHARITIES,
            folder.resolve("fastapi.log"))) {
      Donations donations = service.donations(SPREAD);
      warmUp(donations);
      for (int run = 1; run <= RUNS; run++) {
        fastApi.add(donations.asFastAsTheyCan(SECONDS).perSecond());
        Bench.say("run %d: FastAPI %,.0f a second", run, fastApi.getLast());
      }
    }
    results.accept(line("ledger-vs-fastapi", ours, fastApi));
  }

  /** Donates until the rate is steady: the JVM compiles meanwhile what donations need. */
  private static void warmUp(Donations donations) throws Exception {
    double before = 0;
    for (int seconds = WINDOW; seconds <= WARM_UP; seconds += WINDOW) {
      double rate = donations.asFastAsTheyCan(WINDOW).perSecond();
      Bench.say("warming up for %d s: %,.0f donations a second", seconds, rate);
      if (seconds >= LEAST_WARM_UP && Math.abs(rate - before) <= STEADY * before) {
        return;
      }
      before = rate;
    }
    Bench.say("after %d s the rate isn't steady yet", WARM_UP);
  }

  /** The rates of the peer that does best. */
  private static List<Double> best(Collection<List<Double>> peers) {
    return peers.stream().max(Comparator.comparingDouble(Times::median)).orElseThrow();
  }

  private static String line(String name, List<Double> ours, List<Double> peer) {
    return Bench.rates(name, Times.median(ours), Times.median(peer));
  }

  /** pgbench needs a connection for each client. */
  private static void moreConnections(ServerProcess server) throws Exception {
    server.awaitReady();
    server.close();
    Files.writeString(
        server.home().resolve("postgres/data/postgresql.conf"),
        "max_connections = 150\n",
        StandardOpenOption.APPEND);
    server.restart();
    server.awaitReady();
  }

  private static List<PgBench> fill(DatabaseUrl postgres) throws Exception {
    List<PgBench> filled = new ArrayList<>();
    for (int scale : SCALES) {
      String database = "pgbench" + scale;
      Bench.say("pgbench fills its tables at scale %d …", scale);
      execute(postgres, "create database " + database);
      PgBench pgbench = new PgBench(postgres, database, scale);
      pgbench.fill();
      filled.add(pgbench);
    }
    return filled;
  }

  private static void execute(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static double settle(Townspeople town, String admin) {
    long begin = System.nanoTime();
    JsonNode _ =
        town.await(
            Townspeople.PATH + "/streams/transactions/consumers",
            admin,
            body -> {
              for (JsonNode consumer : body.path("items")) {
                if (consumer.path("lag").asLong() > 0) {
                  return false;
                }
              }
              return true;
            });
    return (System.nanoTime() - begin) / 1e9;
  }
}
