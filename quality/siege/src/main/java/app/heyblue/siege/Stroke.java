package app.heyblue.siege;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** What happened to the clients between two moments. */
final class Stroke {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Journal journal;
  private final long acknowledged;
  private final long refused;
  private final long lost;
  private final long unavailable;

  private Stroke(Journal journal) {
    this.journal = journal;
    this.acknowledged = journal.acknowledged.get();
    this.refused = journal.refused.get();
    this.lost = journal.lost.get();
    this.unavailable = journal.unavailable.get();
  }

  /** Begins to count. */
  static Stroke begin(Journal journal) {
    return new Stroke(journal);
  }

  static void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  /**
   * Waits until something is done again that was asked for after the stroke.
   *
   * @throws IllegalStateException where that takes minutes
   */
  double awaitRecovery() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    OptionalDouble seconds = journal.secondsToRecover();
    while (seconds.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Nothing was done for %d s after it.".formatted(PATIENCE.toSeconds()));
      }
      pause(LOOK);
      seconds = journal.secondsToRecover();
    }
    return seconds.getAsDouble();
  }

  long lost() {
    return journal.lost.get() - lost;
  }

  long unavailable() {
    return journal.unavailable.get() - unavailable;
  }

  /** The counts, for a line. */
  @Override
  public String toString() {
    return "%,6d acknowledged, %,4d refused, %,4d without an answer, %,4d answered 503"
        .formatted(
            journal.acknowledged.get() - acknowledged,
            journal.refused.get() - refused,
            lost(),
            unavailable());
  }
}
