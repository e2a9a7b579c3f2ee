package app.heyblue.security.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many connections there may be, and how slow they. */
@ConfigMapping(prefix = "heyblue.connections")
interface ConnectionsConfig {
  /** The most connections at a time; further ones are closed at once. */
  @WithDefault("4000")
  int most();

  /**
   * The most connections at a time of one network address, an IPv6 address by its /64. This machine
   * and the proxies of {@code HEYBLUE_TRUSTED_PROXY} may have as many as there are.
   */
  @WithDefault("500")
  int perAddress();

  /**
   * How long a request may take to arrive, or a client to read an answer, before it is asked how
   * fast it is: who is slower than {@code least-bytes-per-second} then is cut off.
   */
  @WithDefault("30s")
  Duration patience();

  /** How fast a client has to be that takes longer. */
  @WithDefault("512")
  int leastBytesPerSecond();
}
