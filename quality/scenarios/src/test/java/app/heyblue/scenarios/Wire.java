package app.heyblue.scenarios;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client that sends bytes as they stand, for requests that no library would send. One
 * connection after the other; not for several threads.
 */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MOST_OF_A_BODY = 16 * 1024 * 1024;
  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  Wire(int port) {
    this.port = port;
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   * @param body empty where it goes on for ever
   */
  record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws IOException where none comes, the peer hangs up instead, or it isn't HTTP
   */
  Reply exchange(byte[] request, boolean bodiless) throws IOException {
    boolean fresh = socket == null;
    try {
      return once(request, bodiless);
    } catch (IOException e) {
      close();
      if (fresh) {
        throw e;
      }
      // The server may have closed a connection that waited.
      return once(request, bodiless);
    }
  }

  private Reply once(byte[] request, boolean bodiless) throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), port);
      open.setSoTimeout(PATIENCE_MILLIS);
      open.setTcpNoDelay(true);
      socket = open;
      in = new BufferedInputStream(open.getInputStream());
    }
    try {
      open.getOutputStream().write(request);
    } catch (IOException hungUp) {
      // It may have answered before it had read everything.
    }
    Reply reply = read(bodiless);
    while (reply.status() >= 100 && reply.status() < 200) {
      reply = read(bodiless);
    }
    if (reply.header("connection").equalsIgnoreCase("close") || reply.status() == 413) {
      close();
    }
    return reply;
  }

  private Reply read(boolean bodiless) throws IOException {
    String[] first = line().split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
      throw new IOException("not HTTP: " + String.join(" ", first));
    }
    int status = Integer.parseInt(first[1]);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers
          .computeIfAbsent(
              header.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.substring(colon + 1).strip());
    }
    Reply head = new Reply(status, headers, new byte[0]);
    if (head.header("content-type").startsWith("text/event-stream")) {
      close();
      return head;
    }
    return bodiless || status < 200 || status == 204 || status == 304
        ? head
        : new Reply(status, headers, body(head));
  }

  private byte[] body(Reply head) throws IOException {
    if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line().strip(), 16);
        all.write(exactly(size));
        line();
        if (size == 0) {
          return all.toByteArray();
        }
        if (all.size() > MOST_OF_A_BODY) {
          close();
          return all.toByteArray();
        }
      }
    }
    String length = head.header("content-length");
    return length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length));
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer broke off");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("no answer: the server hung up");
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  /** Hangs up; the next request opens another connection. */
  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It's closed all the same.
      }
    }
  }
}
