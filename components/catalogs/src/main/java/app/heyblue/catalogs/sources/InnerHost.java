package app.heyblue.catalogs.sources;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Whether a host belongs to this machine or its own network: loopback, link-local and private
 * addresses (RFC 1918, RFC 3927, RFC 4193). What a server of the outside redirects to must not be
 * fetched from there.
 */
final class InnerHost {
  private InnerHost() {}

  /**
   * Whether any of its addresses is one of this machine or its network.
   *
   * @throws UnknownHostException where it has no address
   */
  static boolean isInner(String host) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(InnerHost::isInner);
  }

  private static boolean isInner(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }

  /** Whether this is the machine itself, told without asking for the host's address. */
  static boolean isLoopback(String host) {
    if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }
}
