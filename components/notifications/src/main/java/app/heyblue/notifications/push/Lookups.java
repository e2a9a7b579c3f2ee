package app.heyblue.notifications.push;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves names that strangers chose. A lookup can't be broken off, and holds the thread that
 * carries a virtual one: so a few threads of their own do it, and who waits too long, or finds too
 * many waiting, goes without.
 */
final class Lookups {
  static final int AT_ONCE = 4;
  static final int MOST_WAITING = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Resolver resolver;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().name("push-lookup-", 0).daemon().factory());

  /** What asks; it may block for as long as it likes. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  Lookups(Resolver resolver) {
    this.resolver = resolver;
    threads.allowCoreThreadTimeOut(true);
  }

  /** The addresses of a host; none where it has none or they aren't found within 2 seconds. */
  List<InetAddress> addresses(String host) {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> resolver.resolve(host));
    try {
      threads.execute(lookup);
      return List.of(lookup.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException | ExecutionException e) {
      return List.of();
    } catch (TimeoutException e) {
      threads.remove(lookup);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
