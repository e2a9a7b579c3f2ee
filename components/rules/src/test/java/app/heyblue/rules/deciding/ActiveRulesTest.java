package app.heyblue.rules.deciding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.postgres.Database;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.postgres.RuleRepository;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ActiveRulesTest {
  private static final int DECISIONS = 10;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch away = new CountDownLatch(1);

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void decisionsThatWaitForADatabaseThatIsAwayFailTogetherAndNotOneAfterTheOther()
      throws Exception {
    ActiveRules rules = new ActiveRules(new Database(silentAtFirst()), new RuleRepository());
    List<FutureTask<Decider>> decisions = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < DECISIONS; i++) {
      FutureTask<Decider> decision = new FutureTask<>(() -> rules.decider(RuleKind.DONATION));
      decisions.add(decision);
      threads.add(Thread.ofPlatform().daemon().start(decision));
    }
    while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    away.countDown();

    for (FutureTask<Decider> decision : decisions) {
      assertThatThrownBy(decision::get).rootCause().hasMessage("away");
    }
    assertThat(asked).hasValue(1);
  }

  /** What connections are asked of says nothing for a while, and then that there are none. */
  private DataSource silentAtFirst() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              asked.incrementAndGet();
              away.await();
              throw new SQLException("away");
            });
  }
}
