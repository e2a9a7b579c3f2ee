package app.heyblue.security.audit;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts refusals by kind that get no record each, for a minute at a time. */
final class RefusalTally {
  /** How many refusals of a kind with a token have records of their own in a minute. */
  static final int IN_FULL = 20;

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private final Map<Kind, Long> counts = new LinkedHashMap<>();
  private final Map<Kind, Integer> inFull = new HashMap<>();
  private long since;
  private long inFullSince;

  /**
   * Whose refusal it was.
   *
   * @param kind what the party's record calls it
   */
  record Actor(UserId id, PartyKind kind) {}

  /**
   * Which refusals are counted together.
   *
   * @param actor null without a token
   */
  record Kind(@Nullable Actor actor, String action, int status) {}

  /** Whether a refusal with a token is to have a record of its own. */
  boolean isInFull(Kind kind, long nanos) {
    if (inFull.isEmpty() || nanos - inFullSince >= MINUTE) {
      inFull.clear();
      inFullSince = nanos;
    }
    return inFull.merge(kind, 1, (had, one) -> Math.min(had + one, IN_FULL + 1)) <= IN_FULL;
  }

  void count(Kind kind, long nanos) {
    if (counts.isEmpty()) {
      since = nanos;
    }
    counts.merge(kind, 1L, Long::sum);
  }

  /** For how many nanoseconds the counts may wait to be written. */
  long patience(long nanos) {
    return counts.isEmpty() ? MINUTE : Math.max(0, since + MINUTE - nanos);
  }

  boolean isDue(long nanos) {
    return !counts.isEmpty() && nanos - since >= MINUTE;
  }

  /** What was counted, to begin anew. */
  Map<Kind, Long> take() {
    Map<Kind, Long> taken = Map.copyOf(counts);
    counts.clear();
    return taken;
  }
}
