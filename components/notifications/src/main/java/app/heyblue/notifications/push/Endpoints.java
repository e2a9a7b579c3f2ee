package app.heyblue.notifications.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses are sent to: people choose them, and mustn't reach into the network that this
 * server stands in (server-side request forgery). A name is resolved once for each delivery, and
 * connected to is what was checked.
 */
@ApplicationScoped
class Endpoints {
  private static final int LONGEST = 2048;
  private static final int HTTPS = 443;

  /** Not for everybody (IANA's registries of special-purpose addresses), beside what Java knows. */
  private static final List<Block> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "100.64.0.0/10",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "240.0.0.0/4",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fec0::/10")
          .map(Block::parse)
          .toList();

  private final boolean allowPrivate;
  private final Lookups lookups = new Lookups(InetAddress::getAllByName);

  Endpoints(PushConfig config) {
    this.allowPrivate = config.allowPrivateEndpoints();
  }

  /** A network. */
  private record Block(byte[] address, int bits) {
    static Block parse(String text) {
      int slash = text.indexOf('/');
      try {
        return new Block(
            InetAddress.getByName(text.substring(0, slash)).getAddress(),
            Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * An endpoint whose form is acceptable; empty for any other text. No name is resolved: whoever
   * subscribes would learn from the answer, or from when it comes, which names our network knows.
   */
  Optional<URI> parse(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return Optional.empty();
    }
    try {
      URI endpoint = new URI(text);
      boolean well =
          endpoint.getHost() != null
              && endpoint.getRawUserInfo() == null
              && endpoint.getRawFragment() == null
              && (isSecure(endpoint) || (allowPrivate && "http".equals(endpoint.getScheme())))
              && (allowPrivate || port(endpoint) == HTTPS)
              && isNameOrAcceptable(endpoint.getHost());
      return well ? Optional.of(endpoint) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private boolean isNameOrAcceptable(String host) {
    try {
      return isAcceptable(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  static boolean isSecure(URI endpoint) {
    return "https".equals(endpoint.getScheme());
  }

  static int port(URI endpoint) {
    return endpoint.getPort() >= 0 ? endpoint.getPort() : isSecure(endpoint) ? HTTPS : 80;
  }

  /**
   * The address to connect to; empty where the host has none, or one that isn't for everybody.
   * Blocks for a moment, see {@link Lookups}.
   */
  Optional<InetAddress> resolve(URI endpoint) {
    List<InetAddress> all = lookups.addresses(endpoint.getHost());
    return all.stream().allMatch(this::isAcceptable) ? all.stream().findFirst() : Optional.empty();
  }

  private boolean isAcceptable(InetAddress address) {
    return allowPrivate || isPublic(address);
  }

  static boolean isPublic(InetAddress address) {
    return !(address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress())
        && (address instanceof Inet4Address || address instanceof Inet6Address)
        && SPECIAL.stream().noneMatch(block -> block.contains(address.getAddress()));
  }
}
