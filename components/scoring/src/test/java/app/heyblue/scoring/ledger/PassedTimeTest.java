package app.heyblue.scoring.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PassedTimeTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final AtomicReference<Instant> told = new AtomicReference<>(NOON);
  private final AtomicLong nanos = new AtomicLong(7);
  private final InstantSource source = told::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final PassedTime time = new PassedTime(clock, nanos::get);

  @Test
  void goesWithTheClock() {
    told.set(NOON.plusSeconds(60));
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    assertThat(time.now()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void doesntFollowAClockThatJumpsAhead() {
    told.set(NOON.plus(Duration.ofDays(40)));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(time.now()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void followsAClockThatIsSetBack() {
    told.set(NOON.minus(Duration.ofDays(40)));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(time.now()).isEqualTo(NOON.minus(Duration.ofDays(40)));
  }
}
