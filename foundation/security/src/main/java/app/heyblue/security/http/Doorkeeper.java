package app.heyblue.security.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets as many connections in as there is room for, by their network address and in all, before
 * anything of them is read, and gives each a {@link Pace}.
 */
final class Doorkeeper extends ChannelInboundHandlerAdapter {
  private static final int NETWORK_OF_V6 = 8;
  private final ConnectionsConfig config;
  private final List<Network> proxies;
  // Addresses of connections that are open; the sockets know them as well.
  private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  Doorkeeper(ConnectionsConfig config, List<Network> proxies) {
    this.config = config;
    this.proxies = proxies;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!(message instanceof Channel connection)
        || !(connection.remoteAddress() instanceof InetSocketAddress peer)) {
      context.fireChannelRead(message);
      return;
    }
    InetAddress network = network(peer.getAddress());
    if (!admit(network, isExempt(peer.getAddress()))) {
      connection.unsafe().closeForcibly();
      return;
    }
    connection.closeFuture().addListener(closed -> leave(network));
    connection.pipeline().addFirst(new Pace(config));
    context.fireChannelRead(message);
  }

  private boolean admit(InetAddress network, boolean exempt) {
    int here = open.merge(network, 1, Integer::sum);
    if (all.incrementAndGet() <= config.most() && (exempt || here <= config.perAddress())) {
      return true;
    }
    leave(network);
    return false;
  }

  private void leave(InetAddress network) {
    all.decrementAndGet();
    open.computeIfPresent(network, (of, count) -> count == 1 ? null : count - 1);
  }

  /** This machine and named proxies bring many people's connections. */
  private boolean isExempt(InetAddress peer) {
    return peer.isLoopbackAddress() || proxies.stream().anyMatch(proxy -> proxy.contains(peer));
  }

  /** Whoever has one address of an IPv6 network of 64 bits has them all. */
  private static InetAddress network(InetAddress address) throws UnknownHostException {
    return address instanceof Inet6Address && !address.isLoopbackAddress()
        ? InetAddress.getByAddress(
            Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_OF_V6), 16))
        : address;
  }
}
