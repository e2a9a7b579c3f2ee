package app.heyblue.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Clients that donate one point at a time, each over a connection of its own. */
final class Donations {
  private static final long SEED = 20_261_124;

  private final URI server;
  private final List<String> tokens;
  private final List<String> recipients;
  private final double hotShare;

  /**
   * Who gives to whom.
   *
   * @param tokens one for each client
   * @param hotShare how many of all donations go to the first recipient; the rest are spread
   */
  Donations(URI server, List<String> tokens, List<String> recipients, double hotShare) {
    this.server = server;
    this.tokens = tokens;
    this.recipients = recipients;
    this.hotShare = hotShare;
  }

  /**
   * What came of it.
   *
   * @param millis of each donation, from when it was due to its answer
   */
  record Result(double perSecond, double[] millis) {}

  /** As many as they can. */
  Result asFastAsTheyCan(double seconds) throws Exception {
    return run(seconds, 0);
  }

  /** So many a second altogether, evenly; a late answer delays no other client's donation. */
  Result at(double perSecond, double seconds) throws Exception {
    return run(seconds, perSecond);
  }

  private Result run(double seconds, double perSecond) throws Exception {
    long begin = System.nanoTime() + 100_000_000;
    long end = begin + (long) (seconds * 1e9);
    try (ExecutorService threads = Executors.newFixedThreadPool(tokens.size())) {
      List<Future<List<Long>>> clients = new ArrayList<>();
      for (int i = 0; i < tokens.size(); i++) {
        int number = i;
        clients.add(threads.submit(() -> client(number, begin, end, perSecond)));
      }
      List<Long> nanos = new ArrayList<>();
      for (Future<List<Long>> client : clients) {
        nanos.addAll(client.get());
      }
      double[] millis = nanos.stream().mapToDouble(n -> n / 1e6).toArray();
      return new Result(millis.length * 1e9 / (System.nanoTime() - begin), millis);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed", e.getCause());
    }
  }

  private List<Long> client(int number, long begin, long end, double perSecond) throws IOException {
    Random random = new Random(SEED + number);
    String run = UUID.randomUUID().toString();
    List<Long> nanos = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(server)) {
      for (int turn = 0; ; turn++) {
        long due =
            perSecond == 0
                ? Math.max(begin, System.nanoTime())
                : begin + (long) (((long) turn * tokens.size() + number) / perSecond * 1e9);
        if (due >= end) {
          return nanos;
        }
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        int status = connection.exchange(request(number, run + turn, random));
        if (status != 201) {
          throw new IOException("the server answered " + status);
        }
        nanos.add(System.nanoTime() - due);
      }
    }
  }

  private byte[] request(int client, String key, Random random) {
    int recipient =
        random.nextDouble() < hotShare ? 0 : random.nextInt(1, Math.max(2, recipients.size()));
    String body =
        "{\"kind\":\"donation\",\"to\":\"" + recipients.get(recipient) + "\",\"points\":1}";
    return ("POST /api/v1/transactions HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nAuthorization: Bearer "
            + tokens.get(client)
            + "\r\nContent-Type: application/json\r\nIdempotency-Key: "
            + key
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
