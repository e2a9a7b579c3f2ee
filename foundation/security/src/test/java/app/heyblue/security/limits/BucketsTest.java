package app.heyblue.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.security.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // such clocks overflow
  private final Buckets<String> buckets =
      new Buckets<>(new RateLimit("test", 60, Duration.ofMinutes(1)), nanos::get);

  @Test
  void givesSoManyAtOnceAndThenOneByOne() {
    for (int i = 0; i < 60; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isEqualTo(Duration.ofSeconds(1));

    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("a")).isPositive();
  }

  @Test
  void nobodyWaitsForAnybodyElse() {
    for (int i = 0; i < 100; i++) {
      buckets.take("a");
    }
    assertThat(buckets.take("b")).isZero();
  }

  @Test
  void whoIsRefusedLosesNothingByIt() {
    for (int i = 0; i < 1_000; i++) {
      buckets.take("a");
    }
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(buckets.take("a")).isZero();
  }
}
