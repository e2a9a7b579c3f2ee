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
import java.util.List;
import java.util.Locale;
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

  /**
   * Until the JVM has compiled what a donation needs, on two cores that are busy with donations.
   */
  private static final int WARM_UP = Integer.getInteger("heyblue.bench.warm-up", 90);

  private static final long POINTS = 1_000_000;
  private static final double SPREAD = 1.0 / CHARITIES;
  private static final double HOT = 0.9;

  /** The most transactions a second that the country makes. */
  private static final int PEAK = 140;

  private final Path jar;
  private final Path peers;
  private final Path folder;
  private final Consumer<String> results;

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
      try (Api api = new Api(server.address())) {
        Townspeople town = new Townspeople(api);
        String admin = town.demoToken("admin");
        Bench.say("%d people and %d charities join and meet …", CLIENTS, CHARITIES);
        List<Person> givers = town.join("civilian", CLIENTS);
        List<Person> charities = town.join("charity", CHARITIES);
        town.payForMeetings(admin, POINTS);
        town.meet(givers, town.join("officer", 4));
        measure(wanted, server, town, givers, charities, admin);
      }
    }
  }

  private void measure(
      List<String> wanted,
      ServerProcess server,
      Townspeople town,
      List<Person> givers,
      List<Person> charities,
      String admin)
      throws Exception {
    List<String> tokens = givers.stream().map(Person::token).toList();
    List<String> ids = charities.stream().map(Person::userId).toList();
    Donations spread = new Donations(server.address(), tokens, ids, SPREAD);
    Donations hot = new Donations(server.address(), tokens, ids, HOT);
    DatabaseUrl postgres = server.database();
    PgBench pgbench = new PgBench(postgres, "pgbench");
    if (wanted.contains("ledger") || wanted.contains("ledger-hot-account")) {
      create(postgres, "pgbench");
      pgbench.fill(CLIENTS);
    }
    Bench.say("warming up for %d s …", WARM_UP);
    Donations.Result _ = spread.asFastAsTheyCan(WARM_UP);
    List<Double> ours = new ArrayList<>();
    List<Double> oursHot = new ArrayList<>();
    List<Double> peer = new ArrayList<>();
    List<Double> fastApi = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      settle(town, admin);
      Donations.Result result = spread.asFastAsTheyCan(SECONDS);
      ours.add(result.perSecond());
      Bench.say(
          "run %d: %,.0f donations a second, p50 %.1f ms, p99 %.1f ms; all consumers %.1f s later",
          run,
          result.perSecond(),
          Times.quantile(result.millis(), 0.5),
          Times.quantile(result.millis(), 0.99),
          settle(town, admin));
      if (wanted.contains("ledger-hot-account")) {
        oursHot.add(hot.asFastAsTheyCan(SECONDS).perSecond());
        Bench.say("run %d: %,.0f a second, most to one charity", run, oursHot.getLast());
        settle(town, admin);
      }
      if (wanted.contains("ledger") || wanted.contains("ledger-hot-account")) {
        peer.add(pgbench.run(CLIENTS, SECONDS));
        Bench.say("run %d: pgbench %,.0f a second", run, peer.getLast());
      }
    }
    if (wanted.contains("ledger-vs-fastapi")) {
      Path log = folder.resolve("fastapi.log");
      try (FastApi service =
          FastApi.start(peers.resolve("fastapi"), postgres, CLIENTS, CHARITIES, log)) {
        Donations.Result _ = service.donations(SPREAD).asFastAsTheyCan(SECONDS);
        for (int run = 1; run <= RUNS; run++) {
          fastApi.add(service.donations(SPREAD).asFastAsTheyCan(SECONDS).perSecond());
          Bench.say("run %d: FastAPI %,.0f a second", run, fastApi.getLast());
        }
      }
    }
    if (wanted.contains("ledger")) {
      results.accept(line("ledger", ours, peer));
    }
    if (wanted.contains("ledger-vs-fastapi")) {
      results.accept(line("ledger-vs-fastapi", ours, fastApi));
    }
    if (wanted.contains("ledger-hot-account")) {
      results.accept(line("ledger-hot-account", oursHot, peer));
    }
    if (wanted.contains("ledger-latency")) {
      settle(town, admin);
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

  private static void create(DatabaseUrl url, String database) throws SQLException {
    execute(url, "create database " + database);
  }

  private static void execute(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until all consumers have taken in everything, and tells how many seconds that took. */
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
