package app.heyblue.tracking.positions;

import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.PersonalCipher;
import app.heyblue.tracking.postgres.TrackTable;
import app.heyblue.tracking.postgres.TrackTable.Piece;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Keeps where civilians were for {@link #KEPT}: gathered in memory for some minutes, then written
 * in pieces, each as ciphertext under the person's own key. A crash loses what wasn't written yet,
 * which nobody misses.
 */
@Singleton
public class Tracks {
  /** How long anything is kept: a day, less the time between two purges. */
  static final Duration KEPT = Duration.ofHours(24).minusMinutes(2);

  /** How long a piece is gathered. */
  static final Duration PIECE = Duration.ofMinutes(15);

  static final String FIELD = "track";
  private static final Duration PAUSE = Duration.ofSeconds(20);
  private static final int BATCH = 500;
  private static final Logger LOG = Logger.getLogger(Tracks.class);

  private final Database database;
  private final PersonalCipher cipher;
  private final Clock clock;
  private final Map<UserId, Track> gathered = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final CountDownLatch stopping = new CountDownLatch(1);

  public Tracks(Database database, PersonalCipher cipher, Clock clock) {
    this.database = database;
    this.cipher = cipher;
    this.clock = clock;
  }

  void start(@Observes @Priority(1000) StartupEvent started) {
    Thread.ofVirtual().name("heyblue-tracks").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
    try {
      write(Instant.MAX);
    } catch (RuntimeException databaseAway) {
      LOG.debug("The last minutes of tracks could not be written", databaseAway);
    }
  }

  private void run() {
    try {
      while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt("purged", this::purge);
        attempt("written", () -> write(clock.instant().minus(PIECE)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One mustn't end the other, nor this thread: then nothing would ever be purged again. */
  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Tracks can't be %s now: %s", what, e.getMessage());
    }
  }

  /**
   * Takes in positions that come in their order.
   *
   * @return how many were jumps
   */
  int add(UserId civilian, List<Position> positions) {
    int[] jumps = {0};
    gathered.compute(
        civilian,
        (id, known) -> {
          Track track = known;
          for (Position position : positions) {
            if (track == null) {
              track = new Track(position);
            } else if (track.isNext(position) && track.add(position)) {
              jumps[0]++;
            }
          }
          return track;
        });
    return jumps[0];
  }

  /** Forgets what isn't written yet. */
  void forgetGathered(UserId civilian) {
    gathered.remove(civilian);
  }

  /** Forgets a person's track, written or not, in a transaction together with more work. */
  void forget(UserId civilian, Consumer<Handle> more) {
    // Nothing that is being written may come behind.
    writing.lock();
    try {
      gathered.remove(civilian);
      database.useTransaction(
          tx -> {
            TrackTable.forget(tx, civilian);
            more.accept(tx);
          });
    } finally {
      writing.unlock();
    }
  }

  /** Writes the pieces that began before a time. */
  public void write(Instant before) {
    List<UserId> due = new ArrayList<>();
    gathered.forEach(
        (civilian, track) -> {
          if (track.from().isBefore(before)) {
            due.add(civilian);
          }
        });
    for (int i = 0; i < due.size(); i += BATCH) {
      writing.lock();
      try {
        writeSome(due.subList(i, Math.min(due.size(), i + BATCH)));
      } finally {
        writing.unlock();
      }
    }
  }

  private void writeSome(List<UserId> civilians) {
    Map<UserId, Track> taken = new HashMap<>();
    Map<UserId, String> texts = new HashMap<>();
    for (UserId civilian : civilians) {
      Track track = gathered.remove(civilian);
      if (track != null) {
        taken.put(civilian, track);
        texts.put(civilian, track.text());
      }
    }
    try {
      List<Piece> pieces = new ArrayList<>();
      // Who was forgotten meanwhile has no key, and then no track either.
      Map<UserId, byte[]> sealed = cipher.sealAll(FIELD, texts);
      taken.forEach(
          (civilian, track) -> {
            byte[] piece = sealed.get(civilian);
            if (piece != null) {
              pieces.add(new Piece(civilian, track.from(), piece));
            }
          });
      if (!pieces.isEmpty()) {
        database.useTransaction(tx -> TrackTable.add(tx, pieces));
      }
    } catch (RuntimeException databaseAway) {
      taken.forEach(gathered::putIfAbsent);
      throw databaseAway;
    }
  }

  public void purge() {
    Instant before = clock.instant().minus(KEPT);
    while (database.inTransaction(tx -> TrackTable.forgetBefore(tx, before, 10 * BATCH))
        == 10 * BATCH) {
      // There may be more.
    }
  }
}
