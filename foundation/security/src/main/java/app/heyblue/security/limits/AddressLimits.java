package app.heyblue.security.limits;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.security.RateLimit;
import app.heyblue.security.RateLimits;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts by the generic cell rate algorithm (ITU-T I.371): an address is a single instant, the one
 * at which all its permits are back. The {@value #MOST} addresses that came last are remembered.
 */
@ApplicationScoped
public class AddressLimits implements RateLimits {
  static final int MOST = 100_000;
  private static final Duration KEPT = Duration.ofHours(1);
  private final CallerAddresses addresses;
  private final Clock clock;
  private final Cache<String, Instant> whole;

  public AddressLimits(CallerAddresses addresses, Clock clock) {
    this.addresses = addresses;
    this.clock = clock;
    this.whole =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(KEPT)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  @Override
  public void take(RateLimit limit) {
    addresses.find().ifPresent(address -> take(key(limit, address), limit));
  }

  @Override
  public <T> T countRefusals(RateLimit limit, Supplier<T> work) {
    Optional<String> key = addresses.find().map(address -> key(limit, address));
    key.ifPresent(of -> take(of, limit));
    try {
      T done = work.get();
      key.ifPresent(of -> giveBack(of, limit));
      return done;
    } catch (RuntimeException e) {
      if (!isRefusal(e)) {
        key.ifPresent(of -> giveBack(of, limit));
      }
      throw e;
    }
  }

  /** What was put off (429) wasn't done. */
  private static boolean isRefusal(RuntimeException e) {
    return e instanceof ProblemException problem
        && problem.type().status() < 500
        && problem.type().status() != CommonProblems.TOO_MANY_REQUESTS.status();
  }

  private void take(String key, RateLimit limit) {
    Instant now = clock.instant();
    Duration[] wait = {Duration.ZERO};
    whole
        .asMap()
        .compute(
            key,
            (k, known) -> {
              Instant before = isBetween(now, known, limit) ? known : now;
              Instant after = before.plus(each(limit));
              wait[0] = Duration.between(now.plus(limit.window()), after);
              return wait[0].isPositive() ? before : after;
            });
    if (wait[0].isPositive()) {
      throw tooMany(wait[0]);
    }
  }

  /** What lies further ahead than any wait was counted before the clock was set back. */
  private static boolean isBetween(Instant now, @Nullable Instant known, RateLimit limit) {
    return known != null && known.isAfter(now) && !known.isAfter(now.plus(limit.window()));
  }

  private void giveBack(String key, RateLimit limit) {
    whole.asMap().computeIfPresent(key, (k, known) -> known.minus(each(limit)));
  }

  private static Duration each(RateLimit limit) {
    return limit.window().dividedBy(limit.permits());
  }

  private static String key(RateLimit limit, String address) {
    return limit.name() + "/" + address;
  }

  private static ProblemException tooMany(Duration wait) {
    return new ProblemException(
        CommonProblems.TOO_MANY_REQUESTS,
        "Too much of this has come from your network address. Wait as long as `Retry-After` says.",
        List.of(),
        Map.of(),
        wait);
  }
}
