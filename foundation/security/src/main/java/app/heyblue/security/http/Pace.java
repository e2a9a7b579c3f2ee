package app.heyblue.security.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one connection off where its client is slow on purpose: sends a request byte by byte, or
 * reads an answer so. It sees what the network sees, so TLS makes no difference. Who is silent
 * altogether is left to the idle timeout.
 */
final class Pace extends ChannelDuplexHandler {
  private final long patience;
  private final int leastPerSecond;
  private boolean asking;
  private long since;
  private long received;
  private boolean waiting;
  private boolean drained;
  private boolean named;

  Pace(ConnectionsConfig config) {
    this.patience = config.patience().toNanos();
    this.leastPerSecond = config.leastBytesPerSecond();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!named) {
      named = answerWhatIsNoHttp(context);
    }
    if (message instanceof ByteBuf bytes) {
      long now = System.nanoTime();
      if (!asking) {
        asking = true;
        since = now;
        received = 0;
      }
      received += bytes.readableBytes();
      if (now - since > patience && isSlow(received, now - since) && !isSocket(context)) {
        bytes.release();
        var _ = context.close();
        return;
      }
    }
    super.channelRead(context, message);
  }

  /** Whatever we send ends the request that was being read. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    asking = false;
    super.write(context, message, promise);
  }

  /** More is to be sent than the client takes for the moment. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    drained |= context.channel().isWritable();
    if (!context.channel().isWritable() && !waiting) {
      waiting = true;
      checkLater(context);
    }
    super.channelWritabilityChanged(context);
  }

  private void checkLater(ChannelHandlerContext context) {
    drained = false;
    long before = left(context);
    var _ =
        context.executor().schedule(() -> check(context, before), patience, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext context, long before) {
    waiting = context.channel().isActive() && !context.channel().isWritable();
    if (waiting && !drained && isSlow(before - left(context), patience)) {
      var _ = context.close();
    } else if (waiting) {
      checkLater(context);
    }
  }

  private static long left(ChannelHandlerContext context) {
    @Nullable ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }

  private boolean isSlow(long bytes, long nanos) {
    return bytes < leastPerSecond * (nanos / 1e9);
  }

  /** Frames of a live socket come when there is something to say, and have bounds of their own. */
  private static boolean isSocket(ChannelHandlerContext context) {
    return context.pipeline().get(WebSocketFrameDecoder.class) != null;
  }

  /** False while it isn't decided yet which protocol is spoken. */
  private static boolean answerWhatIsNoHttp(ChannelHandlerContext context) {
    @Nullable VertxHandler<?> http = context.pipeline().get(VertxHandler.class);
    if (http == null || !(http.getConnection() instanceof HttpServerConnection connection)) {
      return false;
    }
    connection.invalidRequestHandler(Refusals::unreadable);
    String name = context.pipeline().context(http).name();
    context.pipeline().addBefore(name, null, ReadableAddress.INSTANCE);
    return true;
  }
}
