package app.heyblue.security.limits;

import app.heyblue.security.RateLimit;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Permits of many callers by the generic cell rate algorithm (ITU-T I.371): each caller is a single
 * instant, the one at which all its permits are back. The {@value #MOST} that came last are
 * remembered. Without locks, and on a clock that nobody sets.
 */
public final class Buckets<K> {
  static final int MOST = 100_000;
  private final long each;
  private final long window;
  private final LongSupplier nanos;
  private final Cache<K, AtomicLong> whole;

  /**
   * Full buckets for everybody.
   *
   * @param nanos a clock as {@link System#nanoTime}
   */
  public Buckets(RateLimit limit, LongSupplier nanos) {
    this.window = limit.window().toNanos();
    this.each = window / limit.permits();
    this.nanos = nanos;
    this.whole =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(limit.window())
            .ticker(nanos::getAsLong)
            .build();
  }

  /** Takes a permit; how long to wait where there is none, else zero. */
  public Duration take(K caller) {
    long now = nanos.getAsLong();
    AtomicLong full = whole.get(caller, any -> new AtomicLong(now));
    while (true) {
      long before = full.get();
      long after = (before - now > 0 ? before : now) + each;
      long wait = after - now - window;
      if (wait > 0) {
        return Duration.ofNanos(wait);
      }
      if (full.compareAndSet(before, after)) {
        return Duration.ZERO;
      }
    }
  }
}
