package app.heyblue.messaging.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The clients that follow a stream live, each on a virtual thread; {@value #MOST} at most, and
 * {@value #MOST_OF_ONE} of one person.
 */
@ApplicationScoped
class Followers {
  static final int MOST = 20;
  static final int MOST_OF_ONE = 5;
  private static final Logger LOG = Logger.getLogger(Followers.class);
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final Semaphore room = new Semaphore(MOST);
  private final Map<String, Integer> ofOne = new ConcurrentHashMap<>();
  // Beside the server's own hook: that waits for open requests before it tells anybody.
  private final Thread atExit = new Thread(this::end, "heyblue-followers-end");

  Followers(Database database, Wakeups wakeups, Clock clock) {
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
  }

  /**
   * Follows on another thread.
   *
   * @param person who follows
   * @throws ProblemException ({@code too-many-requests}) while as many follow as there is room for
   */
  void follow(String person, Stream stream, long after, SseEventSink sink, Sse sse) {
    if (ofOne.merge(person, 1, Integer::sum) > MOST_OF_ONE) {
      leave(person);
      throw tooMany("At most " + MOST_OF_ONE + " clients of one person follow at a time.");
    }
    if (!room.tryAcquire()) {
      leave(person);
      throw tooMany("At most " + MOST + " clients follow at a time.");
    }
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
                room.release();
                leave(person);
              }
            });
  }

  private void leave(String person) {
    ofOne.computeIfPresent(person, (of, count) -> count == 1 ? null : count - 1);
  }

  private static ProblemException tooMany(String detail) {
    return new ProblemException(
        CommonProblems.TOO_MANY_REQUESTS,
        detail + " Read page by page meanwhile.",
        List.of(),
        Map.of(),
        A_WHILE);
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
