package app.heyblue.notifications.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that speaks RFC 6455 frame by frame, so that it can speak it badly, or not at all. */
final class Client implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CONTINUATION = 0;
  static final int PING = 9;
  static final int PONG = 10;
  private static final int CLOSE = 8;
  private static final int FINAL = 0x80;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Socket wire;
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private volatile boolean answersPings = true;
  private volatile boolean reads = true;

  private record Frame(int opcode, byte[] payload) {}

  Client(int port) {
    try {
      wire = new Socket(InetAddress.getLoopbackAddress(), port);
      wire.setTcpNoDelay(true);
      wire.getOutputStream()
          .write(
              ("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      DataInputStream in = new DataInputStream(wire.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readByte());
      }
      if (!head.toString().startsWith("HTTP/1.1 101")) {
        throw new AssertionError(head);
      }
      Thread.ofVirtual().start(() -> read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(DataInputStream in) {
    try {
      while (reads) {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = (int) in.readLong();
        }
        byte[] payload = in.readNBytes(length);
        int opcode = first & 0x0f;
        if (opcode == PING && answersPings) {
          send(PONG, true, payload);
        }
        frames.add(new Frame(opcode, payload));
        if (opcode == CLOSE) {
          send(CLOSE, true, payload);
        }
      }
    } catch (EOFException | UncheckedIOException e) {
      frames.add(new Frame(CLOSE, new byte[0]));
    } catch (IOException e) {
      frames.add(new Frame(CLOSE, new byte[0]));
    }
  }

  void say(String text) {
    send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a frame with a mask of noughts. */
  void send(int opcode, boolean last, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (opcode | (last ? FINAL : 0)));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    raw(Arrays.copyOf(frame.array(), frame.position()));
  }

  void raw(byte[] bytes) {
    try {
      synchronized (this) {
        wire.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one frame more at most. */
  void stopReading() {
    reads = false;
  }

  void stopAnsweringPings() {
    answersPings = false;
  }

  /** The next message; pings are passed over. */
  JsonNode next() throws InterruptedException {
    Frame frame = take();
    if (frame.opcode() != TEXT) {
      throw new AssertionError("frame " + frame.opcode() + " came, " + code(frame));
    }
    try {
      return JSON.readTree(frame.payload());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the server pings. */
  void awaitPing() throws InterruptedException {
    while (poll().opcode() != PING) {
      // Something else came.
    }
  }

  /** Waits until the server closes, for whatever came before; 0 where it gave no code. */
  int awaitClosed() throws InterruptedException {
    Frame frame = take();
    while (frame.opcode() != CLOSE) {
      frame = take();
    }
    return code(frame);
  }

  private static int code(Frame frame) {
    return frame.opcode() == CLOSE && frame.payload().length > 1
        ? ByteBuffer.wrap(frame.payload()).getShort()
        : 0;
  }

  private Frame take() throws InterruptedException {
    Frame frame = poll();
    while (frame.opcode() == PING || frame.opcode() == PONG) {
      frame = poll();
    }
    return frame;
  }

  private Frame poll() throws InterruptedException {
    Frame frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (frame == null) {
      throw new AssertionError("nothing came");
    }
    return frame;
  }

  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
