package app.heyblue.simulator.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A client's side of one live socket, on the thread of its {@link SocketLoop}. */
public final class LiveSocket {
  private static final String PATH = "/api/v1/live";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int MOST_WAITING = 1 << 20;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** No close frame came (RFC 6455, 7.1.5). */
  public static final int ABNORMAL = 1006;

  private final SocketLoop loop;
  private final SocketListener listener;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable String nonce;
  private boolean open;
  private boolean closed;
  private ByteBuffer unsent = NOTHING;
  private ByteBuffer unread = NOTHING;
  private ByteBuffer parts = NOTHING;

  LiveSocket(SocketLoop loop, SocketListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  void attach(SocketChannel connecting, SelectionKey registered) {
    channel = connecting;
    key = registered;
  }

  /** Whether messages can be sent. */
  public boolean isOpen() {
    return open && !closed;
  }

  /** Sends a text message; what the network doesn't take at once is sent when it does. */
  public void send(byte[] text, int length) {
    frame(TEXT, ByteBuffer.wrap(text, 0, length));
  }

  /** Sends a text message. */
  public void send(String text) {
    frame(TEXT, StandardCharsets.UTF_8.encode(text));
  }

  /** Says goodbye and closes. */
  public void close() {
    if (isOpen()) {
      frame(CLOSE, ByteBuffer.wrap(new byte[] {0x03, (byte) 0xE8}));
    }
    end(1000, "closed here");
  }

  void connected() throws IOException {
    SocketChannel wire = wire();
    if (!wire.finishConnect()) {
      return;
    }
    byte[] random = new byte[16];
    loop.random().nextBytes(random);
    nonce = Base64.getEncoder().encodeToString(random);
    interest(SelectionKey.OP_READ);
    transmit(
        StandardCharsets.US_ASCII.encode(
            "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n"
                .formatted(PATH, loop.server().getAuthority(), nonce)));
  }

  void readable() throws IOException {
    ByteBuffer in = loop.incoming;
    in.clear();
    in.put(unread);
    unread = NOTHING;
    int count = wire().read(in);
    if (count < 0) {
      end(ABNORMAL, "the server ended the connection");
      return;
    }
    in.flip();
    if (!open) {
      shake(in);
    }
    while (open && !closed && take(in)) {
      // Another frame was whole.
    }
    if (!closed && in.hasRemaining()) {
      if (in.remaining() == in.capacity()) {
        throw new IOException("a message that is too long came");
      }
      unread = ByteBuffer.allocate(in.remaining()).put(in).flip();
    }
  }

  void writable() throws IOException {
    var _ = wire().write(unsent);
    if (!unsent.hasRemaining()) {
      unsent = NOTHING;
      interest(SelectionKey.OP_READ);
    }
  }

  void fail(IOException why) {
    end(ABNORMAL, String.valueOf(why.getMessage()));
  }

  /** Closes without a word to anybody. */
  void drop() {
    closed = true;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It's gone either way.
    }
  }

  private void end(int code, String reason) {
    if (!closed) {
      drop();
      listener.closed(this, code, reason);
    }
  }

  private void shake(ByteBuffer in) throws IOException {
    String answer = StandardCharsets.US_ASCII.decode(in.duplicate()).toString();
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    if (!answer.startsWith("HTTP/1.1 101 ") || !answer.contains(accept(String.valueOf(nonce)))) {
      throw new IOException("the server answered " + answer.lines().findFirst().orElse(""));
    }
    in.position(in.position() + end + 4);
    open = true;
    listener.opened(this);
  }

  private static String accept(String nonce) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((nonce + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes one frame from what has come; false where it isn't whole yet. */
  private boolean take(ByteBuffer in) throws IOException {
    int begin = in.position();
    if (in.remaining() < 2) {
      return false;
    }
    int head = in.get() & 0xFF;
    int length = in.get() & 0xFF;
    if (length == SHORT && in.remaining() >= Short.BYTES) {
      length = in.getShort() & 0xFFFF;
    } else if (length == LONG) {
      throw new IOException("a message that is too long came");
    } else if (length == SHORT) {
      in.position(begin);
      return false;
    }
    if (in.remaining() < length) {
      in.position(begin);
      return false;
    }
    ByteBuffer payload = in.slice(in.position(), length);
    in.position(in.position() + length);
    switch (head & 0x0F) {
      case TEXT, CONTINUATION -> text((head & FINAL) != 0, payload);
      case PING -> frame(PONG, payload);
      case CLOSE ->
          end(
              payload.remaining() < Short.BYTES ? ABNORMAL : payload.getShort() & 0xFFFF,
              StandardCharsets.UTF_8.decode(payload).toString());
      default -> {
        // Pongs that nobody asked for.
      }
    }
    return true;
  }

  private void text(boolean last, ByteBuffer payload) {
    if (last && !parts.hasRemaining()) {
      listener.received(this, payload);
      return;
    }
    ByteBuffer all =
        ByteBuffer.allocate(parts.remaining() + payload.remaining()).put(parts).put(payload).flip();
    parts = last ? NOTHING : all;
    if (last) {
      listener.received(this, all);
    }
  }

  private void frame(int kind, ByteBuffer payload) {
    if (!isOpen()) {
      return;
    }
    ByteBuffer out = loop.outgoing;
    out.clear();
    out.put((byte) (FINAL | kind));
    int length = payload.remaining();
    if (length < SHORT) {
      out.put((byte) (MASKED | length));
    } else {
      out.put((byte) (MASKED | SHORT)).putShort((short) length);
    }
    int mask = loop.random().nextInt();
    out.putInt(mask);
    while (payload.remaining() >= Integer.BYTES) {
      out.putInt(payload.getInt() ^ mask);
    }
    for (int shift = 24; payload.hasRemaining(); shift -= 8) {
      out.put((byte) (payload.get() ^ mask >> shift));
    }
    out.flip();
    try {
      transmit(out);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void transmit(ByteBuffer out) throws IOException {
    if (!unsent.hasRemaining()) {
      var _ = wire().write(out);
      if (!out.hasRemaining()) {
        return;
      }
    }
    if (unsent.remaining() > MOST_WAITING) {
      throw new IOException("the server doesn't read what is sent");
    }
    unsent = ByteBuffer.allocate(unsent.remaining() + out.remaining()).put(unsent).put(out).flip();
    interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  private void interest(int operations) {
    if (key != null && key.isValid()) {
      key.interestOps(operations);
    }
  }

  private SocketChannel wire() throws IOException {
    SocketChannel wire = channel;
    if (wire == null) {
      throw new IOException("there is no connection");
    }
    return wire;
  }
}
