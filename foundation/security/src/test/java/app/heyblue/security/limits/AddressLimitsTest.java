package app.heyblue.security.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.security.House;
import app.heyblue.security.RateLimit;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {
  private static final RateLimit TEN = new RateLimit("ten", 10, Duration.ofMinutes(10));
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-07-04T12:00:00Z"));
  private final House.Request request = new House.Request();
  private final CallerAddresses addresses = addresses(false);
  private final AddressLimits limits = new AddressLimits(addresses, House.handClock(now));

  @Test
  void soManyAtOnceAndThenOneAfterTheOther() {
    request.from(null, "203.0.113.9");
    assertThat(takes()).isEqualTo(10);
    assertThat(refusal()).isEqualTo(Duration.ofMinutes(1));
    pass(Duration.ofSeconds(59));
    assertThat(refusal()).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(takes()).isEqualTo(1);
    pass(Duration.ofHours(3));
    assertThat(takes()).isEqualTo(10);
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOut() {
    request.from(null, "203.0.113.9");
    assertThat(takes()).isEqualTo(10);
    pass(Duration.ofMinutes(-45));
    assertThat(takes()).isEqualTo(10);
  }

  @Test
  void everyAddressAndEveryLimitForItself() {
    request.from(null, "203.0.113.9");
    assertThat(takes()).isEqualTo(10);
    limits.take(new RateLimit("another", 1, Duration.ofMinutes(1)));
    request.from(null, "203.0.113.10");
    assertThat(takes()).isEqualTo(10);
    request.from(null, "::ffff:203.0.113.10");
    assertThat(takes()).as("the same address, written as IPv6").isZero();
  }

  @Test
  void onlyRefusalsAreCountedWhereThatIsAskedFor() {
    request.from(null, "203.0.113.9");
    for (int i = 0; i < 50; i++) {
      assertThat(limits.countRefusals(TEN, () -> "done")).isEqualTo("done");
    }
    for (int i = 0; i < 50; i++) {
      fails(() -> CommonProblems.UNAVAILABLE.raise("Not the caller's fault."));
    }
    for (int i = 0; i < 50; i++) {
      fails(() -> CommonProblems.TOO_MANY_REQUESTS.raise("Put off, not done."));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(fails(() -> CommonProblems.NOT_FOUND.raise("A guess."))).isEqualTo(404);
    }
    assertThat(fails(() -> CommonProblems.NOT_FOUND.raise("A guess."))).isEqualTo(429);
  }

  @Test
  void withoutARequestNothingIsLimited() {
    assertThat(takes(100)).isEqualTo(100);
    request.from(null, null);
    assertThat(takes(100)).isEqualTo(100);
  }

  @Test
  void thisMachineIsLimitedUnlessThereAreDemoData() {
    AddressLimits demo = new AddressLimits(addresses(true), House.handClock(now));
    for (String loopback : new String[] {"127.0.0.1", "127.9.9.9", "::1"}) {
      request.from(null, loopback);
      for (int i = 0; i < 100; i++) {
        demo.take(TEN);
      }
    }
    request.from(null, "127.0.0.1");
    assertThat(takes()).isEqualTo(10);
    request.from(null, "203.0.113.9");
    for (int i = 0; i < 10; i++) {
      demo.take(TEN);
    }
    assertThatThrownBy(() -> demo.take(TEN)).isInstanceOf(ProblemException.class);
  }

  @Test
  void anAddressIsADigestThatMeansNothingTomorrowOrInAnotherProcess() {
    request.from(null, "203.0.113.9");
    Optional<String> today = addresses.find();
    assertThat(today).isPresent();
    assertThat(today.orElseThrow()).doesNotContain("203").hasSize(43);
    assertThat(addresses.find()).isEqualTo(today);
    assertThat(addresses(false).find()).isNotEqualTo(today);
    pass(CallerAddresses.KEY_LIFE);
    assertThat(addresses.find()).isNotEqualTo(today);
  }

  private CallerAddresses addresses(boolean demo) {
    return new CallerAddresses(request, new SecureRandom(), House.handClock(now), demo);
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private int takes() {
    return takes(100);
  }

  private int takes(int atMost) {
    for (int i = 0; i < atMost; i++) {
      try {
        limits.take(TEN);
      } catch (ProblemException e) {
        return i;
      }
    }
    return atMost;
  }

  private Duration refusal() {
    try {
      limits.take(TEN);
    } catch (ProblemException e) {
      return e.retryAfter().orElseThrow();
    }
    throw new AssertionError("not refused");
  }

  private interface Failing {
    ProblemException problem();
  }

  private int fails(Failing failing) {
    try {
      limits.countRefusals(
          TEN,
          () -> {
            throw failing.problem();
          });
    } catch (ProblemException e) {
      return e.type().status();
    }
    throw new AssertionError("not failed");
  }
}
