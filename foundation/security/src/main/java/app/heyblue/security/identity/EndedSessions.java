package app.heyblue.security.identity;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions that ended so recently that an access token of theirs may still be in date. */
@Singleton
public class EndedSessions {
  /** The life of an access token, the clock skew granted to it, and some. */
  static final Duration REMEMBERED = Duration.ofMinutes(16);

  private final Map<UUID, Instant> ended = new ConcurrentHashMap<>();

  public boolean contains(UUID session) {
    return ended.containsKey(session);
  }

  void add(UUID session, Instant at) {
    ended.put(session, at);
  }

  void forget(Instant now) {
    ended.values().removeIf(at -> at.isBefore(now.minus(REMEMBERED)));
  }
}
