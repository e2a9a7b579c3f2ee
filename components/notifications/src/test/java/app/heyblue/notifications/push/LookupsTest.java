package app.heyblue.notifications.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void answersWhatIsFoundAndNothingOfWhatIsUnknown() {
    Lookups lookups =
        new Lookups(
            host -> {
              if (host.equals("unknown.example")) {
                throw new UnknownHostException();
              }
              return new InetAddress[] {HERE};
            });
    assertThat(lookups.addresses("here.example")).containsExactly(HERE);
    assertThat(lookups.addresses("unknown.example")).isEmpty();
  }

  @Test
  void whatHangsHoldsAFewThreadsOfItsOwnAndNobodyForLong() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Semaphore begun = new Semaphore(0);
    Lookups lookups =
        new Lookups(
            host -> {
              assertThat(Thread.currentThread().isVirtual()).isFalse();
              begun.release();
              try {
                gate.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[] {HERE};
            });
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<InetAddress>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(askers.submit(() -> lookups.addresses("slow.example")));
      }
      for (Future<List<InetAddress>> answer : answers) {
        assertThat(answer.get()).isEmpty();
      }
    }
    assertThat(begun.availablePermits()).isEqualTo(Lookups.AT_ONCE);
    gate.countDown();
    assertThat(lookups.addresses("here.example")).containsExactly(HERE);
  }
}
