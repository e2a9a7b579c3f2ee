package app.heyblue.security.tokens;

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

/**
 * Reads the signing keys again every few seconds, and when a token names an unknown one, once a
 * second at most: so each process knows a new key long before it signs.
 */
@ApplicationScoped
public class SigningKeyKeeper {
  private static final Logger LOG = Logger.getLogger(SigningKeyKeeper.class);
  private static final long LOOK_SECONDS = 5;
  private static final long PAUSE_SECONDS = 1;
  private final SigningKeys keys;
  private final BlockingQueue<Boolean> wanted = new ArrayBlockingQueue<>(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;

  public SigningKeyKeeper(SigningKeys keys) {
    this.keys = keys;
  }

  void start(@Observes @Priority(51) StartupEvent event) {
    keys.refresh();
    keys.onUnknown(() -> wanted.offer(true));
    thread = Thread.ofVirtual().name("heyblue-signing-keys").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    wanted.offer(true);
    if (thread != null) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void run() {
    try {
      while (!stop.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
        wanted.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        tryRefreshing();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryRefreshing() {
    try {
      keys.refresh();
    } catch (RuntimeException e) {
      LOG.warnf("the signing keys will be read later: %s", e.getMessage());
    }
  }
}
