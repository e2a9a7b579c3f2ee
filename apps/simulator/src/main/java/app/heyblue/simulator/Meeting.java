package app.heyblue.simulator;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request, from the asking to its end. */
final class Meeting {
  /** As long as the server waits for an officer, less the way there. */
  private static final long LIFE = TimeUnit.SECONDS.toNanos(58);

  final Actor civilian;
  final long askedAt;
  @Nullable Actor officer;
  boolean arrived;
  long acceptedAt;

  Meeting(Actor civilian, long askedAt) {
    this.civilian = civilian;
    this.askedAt = askedAt;
  }

  boolean isOver(long nanos) {
    return nanos - askedAt > LIFE;
  }
}
