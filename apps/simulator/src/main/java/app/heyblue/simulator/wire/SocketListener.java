package app.heyblue.simulator.wire;

import java.nio.ByteBuffer;

/** What becomes of a socket; called on the loop's thread, which mustn't wait for anything. */
public interface SocketListener {
  /** It's open: the server took the connection as a WebSocket. */
  void opened(LiveSocket socket);

  /**
   * A text message came.
   *
   * @param text in UTF-8, good until this returns
   */
  void received(LiveSocket socket, ByteBuffer text);

  /**
   * It's closed, or couldn't be opened; nothing more comes.
   *
   * @param code the server's (RFC 6455, 7.4), or 1006 where there was none
   */
  void closed(LiveSocket socket, int code, String reason);
}
