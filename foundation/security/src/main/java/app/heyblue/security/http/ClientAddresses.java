package app.heyblue.security.http;

import app.heyblue.security.SecurityConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from. Behind a proxy that the operator named, {@code X-Forwarded-For} is read
 * from its end, which that proxy wrote, back to the first address that is none of ours; what the
 * client itself sent stands before it and is ignored, and so is the header from anybody else.
 * {@code Forwarded} is never read: a proxy that writes one of the two passes the other on.
 */
@ApplicationScoped
class ClientAddresses {
  private static final String HEADER = "X-Forwarded-For";
  private static final Logger LOG = Logger.getLogger(ClientAddresses.class);
  private final List<Network> proxies;

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException where a proxy isn't an address or network
   */
  ClientAddresses(SecurityConfig config) {
    this.proxies = Network.proxies(config);
  }

  /** Makes this now, so that a wrong setting stops the start and not every request. */
  void start(@Observes @Priority(52) StartupEvent event) {
    if (hasProxies()) {
      LOG.infof("%s is believed from %d proxies or networks", HEADER, proxies.size());
    }
  }

  /** The client's address; null for connections that have none. */
  @Nullable InetAddress of(RoutingContext request) {
    return resolve(peer(request), request.request().headers().getAll(HEADER));
  }

  /** Whether client and peer are on this machine. */
  boolean isHere(RoutingContext request) {
    return isHere(peer(request), request) && isHere(of(request), request);
  }

  /** Whether the peer may speak without TLS: it is here, or a proxy that has TLS itself. */
  boolean mayBeInClear(RoutingContext request) {
    InetAddress peer = peer(request);
    return isHere(peer, request) || (peer != null && isProxy(peer));
  }

  /** Whether proxies are named. */
  boolean hasProxies() {
    return !proxies.isEmpty();
  }

  @Nullable InetAddress resolve(@Nullable InetAddress peer, List<String> forwarded) {
    InetAddress nearest = peer;
    List<String> hops = List.of(String.join(",", forwarded).split(","));
    for (int i = hops.size() - 1; i >= 0 && nearest != null && isProxy(nearest); i--) {
      InetAddress hop = literal(hops.get(i));
      if (hop == null) {
        break;
      }
      nearest = hop;
    }
    return nearest;
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(network -> network.contains(address));
  }

  /** Loopback, or the very address of this machine that was called. */
  private static boolean isHere(@Nullable InetAddress address, RoutingContext request) {
    return address != null
        && (address.isLoopbackAddress()
            || address.equals(address(request.request().connection().localAddress())));
  }

  private static @Nullable InetAddress peer(RoutingContext request) {
    return address(request.request().connection().remoteAddress());
  }

  private static @Nullable InetAddress address(@Nullable SocketAddress socket) {
    return socket == null || socket.hostAddress() == null ? null : literal(socket.hostAddress());
  }

  /** An address, with or without a port; null for anything else. */
  private static @Nullable InetAddress literal(String text) {
    String bare = text.strip();
    try {
      if (bare.startsWith("[")) {
        bare = bare.substring(1, Math.max(1, bare.indexOf(']')));
      } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
        bare = bare.substring(0, bare.indexOf(':'));
      }
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
