package app.heyblue.encounters.asking;

import app.heyblue.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A civilian's request to meet an officer, as it was made. */
public record Asked(UUID id, UserId civilian, UserId officer, Instant at) {
  /** How long a request can be accepted, and how long its asker can't make another. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  /** The first moment at which it can't be accepted any more. */
  public Instant expiresAt() {
    return at.plus(LIFE);
  }

  /** Whether it's in its time; a clock that was set far back ends it too. */
  boolean isOpen(Instant now) {
    return now.isBefore(expiresAt()) && now.isAfter(at.minus(LIFE));
  }

  /** Who asks whom belongs in no log. */
  @Override
  public String toString() {
    return "Asked";
  }
}
