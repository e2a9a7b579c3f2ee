package app.heyblue.benchmarks;

import app.heyblue.benchmarks.BadgeOffice.Badge;
import app.heyblue.testing.town.Api;
import app.heyblue.testing.town.ServerProcess;
import app.heyblue.testing.town.Townspeople;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The country at its peak: everybody's positions over live sockets, one a frame, and alerts from
 * officers' cell changes, in a whole server with the load generator beside it.
 */
final class CountryBench {
  static final String NAME = "tracking-country";

  private static final int RATE = Integer.getInteger("heyblue.bench.positions", 17_800);
  private static final int ALERTS = Integer.getInteger("heyblue.bench.alerts", 2_800);
  private static final int SECONDS = Integer.getInteger("heyblue.bench.seconds", 60);
  private static final int WARM_UP = Integer.getInteger("heyblue.bench.warm-up", 60);
  private static final int SOCKETS = Integer.getInteger("heyblue.bench.sockets", 20_000);
  private static final int OFFICERS = 2_000;
  private static final Duration TICK =
      Duration.ofSeconds(Integer.getInteger("heyblue.bench.tick", 5));
  private static final String OPTIONS = System.getProperty("heyblue.bench.server-options", "");

  /** Files that a process needs beside its sockets. */
  private static final int OTHER_FILES = 500;

  private final Path jar;
  private final Path home;
  private final Consumer<String> results;

  CountryBench(Path jar, Path folder, Consumer<String> results) {
    this.jar = jar;
    this.home = folder.resolve("country");
    this.results = results;
  }

  void run() throws Exception {
    int sockets = (int) Math.min(SOCKETS, Machine.mostFiles() - OTHER_FILES);
    if (sockets < SOCKETS) {
      Bench.say(
          "a process may have %d files open, so there are %d sockets",
          Machine.mostFiles(), sockets);
    }
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx1g",
                "-Dheyblue.connections.most=" + (sockets + 1_000),
                "-Dheyblue.tracking.publish-every=" + TICK.toSeconds() + "S"));
    if (!OPTIONS.isEmpty()) {
      options.addAll(List.of(OPTIONS.split(" ")));
    }
    try (ServerProcess server = ServerProcess.start(jar, home, options.toArray(String[]::new))) {
      server.awaitReady();
      try (Api api = new Api(server.address())) {
        Townspeople town = new Townspeople(api);
        town.activate(
            town.demoToken("admin"),
            "proximity",
            Map.of(
                "rings", "1",
                "dwellSeconds", "0",
                "alertsPerDay", "1000",
                "acceptanceMeters", "30"));
      }
      measure(server, sockets);
    }
  }

  private void measure(ServerProcess server, int sockets) throws Exception {
    BadgeOffice office = new BadgeOffice(home, server.database());
    Bench.say("%d people get their tokens …", sockets);
    List<Badge> officers = office.officers(OFFICERS);
    List<Badge> civilians = office.civilians(sockets - OFFICERS);
    int ticks = (int) ((WARM_UP + SECONDS) / TICK.toSeconds());
    int alertsPerOfficer = Math.max(1, (int) ((long) ALERTS * (WARM_UP + SECONDS) / OFFICERS));
    int districts = Math.max(1, civilians.size() / alertsPerOfficer);
    try (Country country =
        new Country(server.address(), officers, civilians, districts, TICK, ticks)) {
      country.awaitOpen();
      Bench.say("all %d sockets are open; the officers begin to share …", sockets);
      share(server.address(), officers);
      long takenBefore = positions(server.address());
      country.send(RATE, true);
      Bench.say("warming up for %d s …", WARM_UP);
      Thread.sleep(Duration.ofSeconds(WARM_UP).plus(TICK.dividedBy(2)));
      country.measure(3 * ALERTS * SECONDS);
      Duration serverBefore = cpu(server.process().toHandle());
      Duration ownBefore = cpu(ProcessHandle.current());
      long begin = System.nanoTime();
      long before = country.sent();
      Thread.sleep(Duration.ofSeconds(SECONDS));
      double seconds = (System.nanoTime() - begin) / 1e9;
      double rate = (country.sent() - before) / seconds;
      double lag = country.worstLagMillis();
      double serverCpu = cpu(server.process().toHandle()).minus(serverBefore).toMillis() / seconds;
      double ownCpu = cpu(ProcessHandle.current()).minus(ownBefore).toMillis() / seconds;
      country.send(0, false);
      Thread.sleep(Duration.ofSeconds(5));
      long lost = country.sent() - (positions(server.address()) - takenBefore);
      double[] millis = country.latencies();
      Bench.say(
          "the server took %.0f ms of processor a second and has %d MiB, the generator %.0f ms; it"
              + " was %.0f ms behind at most; %d problems, %d closed; load %s",
          serverCpu,
          Machine.residentMib(server.process().pid()),
          ownCpu,
          lag,
          country.problems(),
          country.closed(),
          java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      results.accept(
          String.format(
              Locale.ROOT,
              "bench %s sockets=%d positions=%.0f/s lost=%d alerts=%.0f/s p50=%.0fms p99=%.0fms"
                  + " max=%.0fms",
              NAME,
              sockets,
              rate,
              lost,
              millis.length / seconds,
              quantile(millis, 0.5),
              quantile(millis, 0.99),
              quantile(millis, 1)));
    }
  }

  private static double quantile(double[] millis, double share) {
    return millis.length == 0 ? Double.NaN : Times.quantile(millis, share);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void share(URI server, List<Badge> officers) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> asked = new ArrayList<>();
      for (Badge officer : officers) {
        HttpRequest request =
            HttpRequest.newBuilder(server.resolve("/api/v1/sharing"))
                .header("Authorization", "Bearer " + officer.token())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"on\":true}"))
                .build();
        asked.add(
            threads.submit(
                () -> http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()));
      }
      for (Future<Integer> one : asked) {
        if (one.get() != 200) {
          throw new IllegalStateException("sharing was answered by " + one.get());
        }
      }
    }
  }

  /** How many positions the server has taken in: each is a message. */
  private static long positions(URI server) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(server.resolve("/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("heyblue_live_messages_total{outcome=\"taken\""))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }
}
