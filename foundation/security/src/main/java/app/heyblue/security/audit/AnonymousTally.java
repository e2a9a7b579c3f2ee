package app.heyblue.security.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts refusals without a token by kind, for a minute at a time. */
final class AnonymousTally {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private final Map<Kind, Long> counts = new LinkedHashMap<>();
  private long since;

  /** Which refusals are counted together; there are as many as operations and statuses. */
  record Kind(String action, int status) {}

  void count(String action, int status, long nanos) {
    if (counts.isEmpty()) {
      since = nanos;
    }
    counts.merge(new Kind(action, status), 1L, Long::sum);
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
