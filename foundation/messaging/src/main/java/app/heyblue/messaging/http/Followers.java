package app.heyblue.messaging.http;

import app.heyblue.messaging.Stream;
import app.heyblue.messaging.signals.Wakeups;
import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The clients that follow a stream live, each on a virtual thread. */
@ApplicationScoped
class Followers {
  private static final Logger LOG = Logger.getLogger(Followers.class);

  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  // Beside the server's own hook: that waits for open requests before it tells anybody.
  private final Thread atExit = new Thread(this::end, "heyblue-followers-end");

  Followers(Database database, Wakeups wakeups, Clock clock) {
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
  }

  void follow(Stream stream, long after, SseEventSink sink, Sse sse) {
    Follower follower = new Follower(database, clock, wakeups, stream, after, sink, sse);
    followers.add(follower);
    Thread.ofVirtual()
        .name("heyblue-follower-" + stream)
        .start(
            () -> {
              try {
                follower.run();
              } finally {
                followers.remove(follower);
              }
            });
  }

  void start(@Observes StartupEvent event) {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  void stop(@Observes @Priority(5) ShutdownEvent event) {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.debug("the JVM ends, so the hook ran", e);
    }
  }

  private void end() {
    followers.forEach(Follower::stop);
  }
}
