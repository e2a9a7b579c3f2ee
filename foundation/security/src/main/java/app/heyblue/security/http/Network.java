package app.heyblue.security.http;

import app.heyblue.security.SecurityConfig;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291), or one address.
 *
 * @param bits how many leading bits its addresses have in common
 */
record Network(InetAddress base, int bits) {
  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or an address.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Network parse(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress base = InetAddress.ofLiteral(parts[0]);
    int most = 8 * base.getAddress().length;
    int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("a network has 0 to " + most + " bits");
    }
    return new Network(base, bits);
  }

  /**
   * The proxies that the operator named.
   *
   * @throws IllegalArgumentException where one isn't an address or network
   */
  static List<Network> proxies(SecurityConfig config) {
    return config.trustedProxies().orElse(List.of()).stream().map(Network::proxy).toList();
  }

  private static Network proxy(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException _) {
      // Without a cause: a start that fails tells the innermost.
      throw new IllegalArgumentException(
          "HEYBLUE_TRUSTED_PROXY names \""
              + text
              + "\"; write addresses or networks such as 10.0.0.0/8, separated by commas.");
    }
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    int rest = 8 * mine.length - bits;
    return new BigInteger(1, mine)
        .shiftRight(rest)
        .equals(new BigInteger(1, other).shiftRight(rest));
  }
}
