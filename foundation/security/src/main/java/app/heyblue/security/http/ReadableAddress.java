package app.heyblue.security.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Takes a request whose address is none (RFC 3986), such as one with a broken escape, for as
 * unreadable as one that is no HTTP. The framework would answer it with nothing.
 */
@Sharable
final class ReadableAddress extends ChannelInboundHandlerAdapter {
  static final ReadableAddress INSTANCE = new ReadableAddress();

  private ReadableAddress() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest request
        && request.decoderResult().isSuccess()
        && !request.method().equals(HttpMethod.CONNECT)) {
      try {
        URI _ = new URI(request.uri());
      } catch (URISyntaxException e) {
        request.setDecoderResult(DecoderResult.failure(e));
      }
    }
    super.channelRead(context, message);
  }
}
