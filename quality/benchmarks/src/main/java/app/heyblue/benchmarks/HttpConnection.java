package app.heyblue.benchmarks;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One kept-alive HTTP/1.1 connection that costs next to nothing: the load is made on the cores that
 * the server works on.
 */
final class HttpConnection implements Closeable {
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 15];
  private int status;

  HttpConnection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** Sends a whole request and returns the status of its answer, whose body is read and dropped. */
  int exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int filled = 0;
    int end = -1;
    while (end < 0) {
      filled += read(filled);
      end = headEnd(filled);
    }
    int missing = end + contentLength(end) - filled;
    while (missing > 0) {
      int some = in.read(buffer, 0, Math.min(buffer.length, missing));
      if (some < 0) {
        throw new EOFException("the answer ended early");
      }
      missing -= some;
    }
    return status;
  }

  private int read(int filled) throws IOException {
    int some = in.read(buffer, filled, buffer.length - filled);
    if (some < 0) {
      throw new EOFException("the server closed the connection");
    }
    return some;
  }

  private int headEnd(int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
        status = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
        return i + 1;
      }
    }
    return -1;
  }

  private int contentLength(int end) throws IOException {
    for (int i = 0; i < end - LENGTH.length; i++) {
      if (matches(i)) {
        int length = 0;
        for (int at = i + LENGTH.length; buffer[at] != '\r'; at++) {
          if (buffer[at] >= '0' && buffer[at] <= '9') {
            length = length * 10 + buffer[at] - '0';
          }
        }
        return length;
      }
    }
    throw new IOException("an answer without its length");
  }

  private boolean matches(int from) {
    for (int i = 0; i < LENGTH.length; i++) {
      int letter = buffer[from + i];
      if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
