package app.heyblue.security.http;

import java.math.BigInteger;
import java.net.InetAddress;

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
