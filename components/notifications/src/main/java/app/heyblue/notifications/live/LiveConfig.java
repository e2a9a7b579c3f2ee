package app.heyblue.notifications.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How live sockets are kept. */
@ConfigMapping(prefix = "heyblue.live")
interface LiveConfig {
  /** How long a socket may be open before it has shown a good token, a second at least. */
  @WithDefault("10s")
  Duration tokenWithin();

  /**
   * How often each socket is pinged, in whole seconds, one at least; a socket that hasn't answered
   * by the next time is closed. Keep it under {@code quarkus.http.idle-timeout}, and under what
   * proxies grant.
   */
  @WithDefault("30s")
  Duration ping();

  /** How many messages a socket may send at once, and again in each minute, one at least. */
  @WithDefault("600")
  int messagesPerMinute();
}
