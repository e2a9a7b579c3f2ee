package app.heyblue.encounters.asking;

import app.heyblue.tracking.Closeness;
import app.heyblue.tracking.Tracking;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An officer's yes to a request, and whether the two were together then. */
final class Acceptance {
  private final Asked asked;
  private final Instant at;
  private @Nullable Closeness closeness;

  Acceptance(Asked asked, Instant at) {
    this.asked = asked;
    this.at = at;
  }

  Asked asked() {
    return asked;
  }

  Instant at() {
    return at;
  }

  /** Whether the two were together; asked of tracking once, however often the officer accepts. */
  synchronized boolean isTogether(Tracking tracking) {
    if (closeness == null) {
      closeness = tracking.closeness(asked.civilian(), asked.officer());
    }
    return closeness == Closeness.NEAR;
  }
}
