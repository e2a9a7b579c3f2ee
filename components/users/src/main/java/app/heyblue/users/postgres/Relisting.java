package app.heyblue.users.postgres;

import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lists recipients anew after an update that finds them in more ways; meanwhile they are found as
 * before.
 */
@ApplicationScoped
class Relisting {
  private static final Logger LOG = Logger.getLogger(Relisting.class);
  private static final int BATCH = 200;
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Database database;
  private final ProfileTable profiles;
  private volatile boolean stopped;
  private @Nullable Thread thread;

  Relisting(Database database, ProfileTable profiles) {
    this.database = database;
    this.profiles = profiles;
  }

  void start(@Observes @Priority(1000) StartupEvent event) {
    thread = Thread.ofVirtual().name("heyblue-relisting").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.join(STOPPING);
    }
  }

  private void run() {
    try {
      relist();
    } catch (RuntimeException e) {
      LOG.warn("Recipients can't be listed anew right now; the next start goes on", e);
    }
  }

  /** Until nobody is listed in an earlier way. */
  void relist() {
    int listed = BATCH;
    while (listed == BATCH && !stopped) {
      listed = database.inTransaction(tx -> profiles.relist(tx, BATCH));
    }
  }
}
