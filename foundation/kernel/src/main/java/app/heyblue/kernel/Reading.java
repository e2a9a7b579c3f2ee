package app.heyblue.kernel;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What gauges look up elsewhere, such as a row of the database: read when one is asked, at most
 * every five seconds, however many share it. A read that hangs holds up nobody for longer than a
 * second, so that metrics come while the database is away, and just then.
 */
public final class Reading<T> {
  private static final Logger LOG = Logger.getLogger(Reading.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_MILLIS = 1000;

  private final String what;
  private final Supplier<T> read;
  private final AtomicReference<@Nullable Look<T>> last = new AtomicReference<>();

  /**
   * Reads nothing yet.
   *
   * @param what names the thread that reads: {@code heyblue-reading-<what>}
   */
  public Reading(String what, Supplier<T> read) {
    this.what = what;
    this.read = read;
  }

  private record Look<T>(long begun, CompletableFuture<Optional<T>> answer) {
    boolean isStale() {
      return answer.isDone() && System.nanoTime() - begun > FRESH_NANOS;
    }
  }

  /** What was read last; empty where that failed or takes too long. */
  public Optional<T> get() {
    Look<T> present = last.get();
    if (present != null && !present.isStale()) {
      // While somebody else waits for a read that hangs, nobody waits after them.
      return present.answer().getNow(Optional.empty());
    }
    Look<T> next = new Look<>(System.nanoTime(), new CompletableFuture<>());
    if (!last.compareAndSet(present, next)) {
      return get();
    }
    Thread.ofVirtual().name("heyblue-reading-" + what).start(() -> look(next.answer()));
    return next.answer()
        .copy()
        .completeOnTimeout(Optional.empty(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  /** A figure of it; not a number where there is none. */
  public double figure(ToDoubleFunction<T> figure) {
    return get().map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private void look(CompletableFuture<Optional<T>> answer) {
    Optional<T> value = Optional.empty();
    try {
      value = Optional.of(read.get());
    } catch (RuntimeException e) {
      LOG.debugf(e, "%s can't be read for the metrics", what);
    } finally {
      answer.complete(value);
    }
  }
}
