package app.heyblue.security.http;

import app.heyblue.security.SecurityConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Puts a {@link Doorkeeper} before every server socket. Vert.x finds this by itself, as a service:
 * the framework counts connections only all together, and its time limits start anew with each
 * byte.
 */
public final class WatchedConnections implements VertxServiceProvider {
  @Override
  public void init(VertxBuilder builder) {
    builder.findTransport(new WatchedTransport());
  }

  /** The one that's used anyway. */
  private static final class WatchedTransport extends JDKTransport {
    @Override
    public void configure(
        NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
      super.configure(options, domainSocket, bootstrap);
      if (!domainSocket) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        bootstrap.handler(
            new Doorkeeper(
                config.getConfigMapping(ConnectionsConfig.class),
                Network.proxies(config.getConfigMapping(SecurityConfig.class))));
      }
    }
  }
}
