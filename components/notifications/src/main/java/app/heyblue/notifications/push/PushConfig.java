package app.heyblue.notifications.push;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How alerts are pushed. */
@ConfigMapping(prefix = "heyblue.push")
interface PushConfig {
  /**
   * Where push services reach the operator, a {@code mailto:} or {@code https:} address (RFC 8292).
   * Some push services refuse who doesn't say so.
   */
  Optional<URI> contact();

  /**
   * Whether push services may be on this machine or in a private network, and without TLS. For
   * tests only, and dangerous anywhere else: anybody with an account could have this server send
   * requests into its own network.
   */
  @WithDefault("false")
  boolean allowPrivateEndpoints();
}
