package app.heyblue.security.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Chains the trail soon after it has grown, at most four times a second. */
@ApplicationScoped
public class AuditChainKeeper {
  private static final Logger LOG = Logger.getLogger(AuditChainKeeper.class);
  private static final long PAUSE_MILLIS = 250;
  // What a process left that was killed between its commit and its signal.
  private static final long LOOK_SECONDS = 30;
  private final AuditTrail trail;
  private final AuditChain chain;
  private final BlockingQueue<Boolean> grown = new ArrayBlockingQueue<>(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;

  public AuditChainKeeper(AuditTrail trail, AuditChain chain) {
    this.trail = trail;
    this.chain = chain;
  }

  void start(@Observes @Priority(500) StartupEvent event) {
    trail.onRecord(() -> grown.offer(true));
    grown.offer(true);
    thread = Thread.ofVirtual().name("heyblue-audit-chain").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    grown.offer(true);
    if (thread != null) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void run() {
    try {
      do {
        grown.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        tryChaining();
      } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryChaining() {
    try {
      chain.catchUp();
    } catch (AuditChain.Altered e) {
      LOG.error(e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("the audit trail will be chained later", e);
    }
  }
}
