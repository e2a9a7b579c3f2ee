package app.heyblue.messaging.postgres;

import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.messaging.signals.Progress;
import app.heyblue.postgres.Database;
import java.time.Duration;
import java.util.UUID;

/** Answers from the stored positions, so for consumers of any process. */
public final class PostgresStreams implements Streams {
  // How often a waiter looks by itself: consumers of other processes signal nothing to it.
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Database database;
  private final Progress progress;

  public PostgresStreams(Database database, Progress progress) {
    this.database = database;
    this.progress = progress;
  }

  @Override
  public boolean isTakenInByAdmitters(UUID eventId) {
    return database.read(tx -> Positions.haveAdmittersTakenIn(tx, eventId));
  }

  @Override
  public boolean awaitTakenIn(String consumer, UUID eventId, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long seen = progress.count();
      if (database.read(tx -> Positions.hasTakenIn(tx, consumer, eventId))) {
        return true;
      }
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return false;
      }
      try {
        progress.awaitAfter(seen, left.compareTo(LOOK) < 0 ? left : LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  @Override
  public void onProgress(Stream stream, Runnable listener) {
    progress.listen(stream, listener);
  }
}
