package app.heyblue.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadingTest {
  @Test
  void manyGaugesShareOneRead() {
    AtomicInteger reads = new AtomicInteger();
    Reading<Integer> reading = new Reading<>("test", reads::incrementAndGet);
    assertThat(reading.figure(Integer::doubleValue)).isEqualTo(1);
    assertThat(reading.figure(Integer::doubleValue)).isEqualTo(1);
    assertThat(reads).hasValue(1);
  }

  @Test
  void aFailedReadIsNotANumberAndNotRepeatedByTheNextGauge() {
    AtomicInteger reads = new AtomicInteger();
    Reading<Integer> reading =
        new Reading<>(
            "test",
            () -> {
              reads.incrementAndGet();
              throw new IllegalStateException("away");
            });
    assertThat(reading.figure(Integer::doubleValue)).isNaN();
    assertThat(reading.figure(Integer::doubleValue)).isNaN();
    assertThat(reads).hasValue(1);
  }

  @Test
  void whileAReadHangsGaugesAnswer() {
    CountDownLatch away = new CountDownLatch(1);
    Reading<Integer> reading =
        new Reading<>(
            "test",
            () -> {
              try {
                away.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return 1;
            });
    assertThat(reading.get()).isEmpty();
    assertThat(reading.get()).isEmpty();
    away.countDown();
  }
}
