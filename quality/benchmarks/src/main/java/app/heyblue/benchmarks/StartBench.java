package app.heyblue.benchmarks;

import app.heyblue.testing.town.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * From the start of the process to the first "ready", in an empty folder (cold) and again on the
 * same data (warm); the peer is the same program without the AOT cache. And the memory that it
 * holds then.
 */
final class StartBench {
  private static final int TIMES = 3;
  private static final int CLIENTS = 8;
  private static final Duration LOAD = Duration.ofSeconds(15);
  private static final Duration REST = Duration.ofSeconds(5);

  private final Path jar;
  private final String[] cached;
  private final Consumer<String> results;

  StartBench(Path jar, Path cache, Consumer<String> results) {
    if (!Files.isRegularFile(cache)) {
      throw new IllegalStateException("There is no AOT cache; ./heyblue build makes it.");
    }
    this.jar = jar;
    this.cached = new String[] {"-XX:AOTCache=" + cache};
    this.results = results;
  }

  void run() throws Exception {
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      Path folder = temporary.path();
      List<Double> cold = new ArrayList<>();
      List<Double> coldCached = new ArrayList<>();
      List<Double> warm = new ArrayList<>();
      List<Double> warmCached = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        cold.add(start(folder.resolve("plain" + i)));
        coldCached.add(start(folder.resolve("cached" + i), cached));
        warm.add(start(folder.resolve("plain" + i)));
        warmCached.add(start(folder.resolve("cached" + i), cached));
        Bench.say(
            "start: cold %.2f s, with the cache %.2f s; warm %.2f s, with the cache %.2f s",
            cold.getLast(), coldCached.getLast(), warm.getLast(), warmCached.getLast());
      }
      results.accept(Bench.line("start-cold", "s", Times.median(coldCached), Times.median(cold)));
      results.accept(Bench.line("start-warm", "s", Times.median(warmCached), Times.median(warm)));
      results.accept(memory(folder.resolve("cached0")));
    }
  }

  private double start(Path home, String... options) throws Exception {
    long begin = System.nanoTime();
    try (ServerProcess server = ServerProcess.start(jar, home, options)) {
      server.awaitReady();
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private String memory(Path home) throws Exception {
    try (ServerProcess server = ServerProcess.start(jar, home, cached)) {
      server.awaitReady();
      LockSupport.parkNanos(REST.toNanos());
      String idle = memory(server);
      search(server.address());
      return "bench start-memory idle: %s; under load: %s".formatted(idle, memory(server));
    }
  }

  private static String memory(ServerProcess server) throws IOException {
    long postgres = server.postgresPid();
    long kib = Machine.proportionalKib(postgres);
    for (ProcessHandle child :
        ProcessHandle.of(postgres).stream().flatMap(ProcessHandle::children).toList()) {
      kib += Machine.proportionalKib(child.pid());
    }
    return String.format(
        Locale.ROOT,
        "server=%dMB postgres=%dMB",
        Machine.residentMib(server.process().pid()),
        kib / 1024);
  }

  /** Searches that a few clients ask as fast as they get answers. */
  private static void search(URI server) throws InterruptedException {
    long end = System.nanoTime() + LOAD.toNanos();
    List<Thread> clients = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  server.resolve("/api/v1/catalogs/charities?limit=10&query=maple%20pantri"))
              .build();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (System.nanoTime() < end) {
                        try {
                          int _ = http.send(request, BodyHandlers.ofString()).statusCode();
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        } catch (InterruptedException e) {
                          return;
                        }
                      }
                    }));
      }
      for (Thread client : clients) {
        client.join();
      }
    }
  }
}
