package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own, to an address that was checked: the JDK's client would
 * resolve the name again, and an instrumented one would tell the secret address to traces and
 * metrics. Nothing of the answer is read beyond its status, and no redirection is followed.
 */
final class PushWire {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ALL = Duration.ofSeconds(8);
  private static final ScheduledExecutorService WATCH = watch();
  private static final int LONGEST_LINE = 256;

  private PushWire() {}

  /** Closes a connection when its time is up, whatever it waits for then. */
  private record Deadline(ScheduledFuture<?> end) implements AutoCloseable {
    Deadline(Socket plain) {
      this(WATCH.schedule(() -> end(plain), ALL.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void end(Socket plain) {
      try {
        plain.close();
      } catch (IOException e) {
        // Whoever waits for it fails by itself.
      }
    }

    @Override
    public void close() {
      end.cancel(false);
    }
  }

  private static ScheduledExecutorService watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("push-deadline").daemon().factory());
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  /**
   * Sends and waits for the status, 8 seconds at most, however the time passes.
   *
   * @throws IOException where none comes in time
   */
  static int post(
      URI endpoint,
      InetAddress address,
      SSLSocketFactory tls,
      Map<String, String> headers,
      byte[] body)
      throws IOException {
    try (Socket plain = new Socket();
        Deadline _ = new Deadline(plain)) {
      plain.setTcpNoDelay(true);
      plain.connect(
          new InetSocketAddress(address, Endpoints.port(endpoint)), (int) CONNECT.toMillis());
      try (Socket wire = Endpoints.isSecure(endpoint) ? secure(plain, endpoint, tls) : plain) {
        OutputStream out = new BufferedOutputStream(wire.getOutputStream(), 8192);
        out.write(head(endpoint, headers, body.length).getBytes(US_ASCII));
        out.write(body);
        out.flush();
        return status(wire);
      }
    }
  }

  private static SSLSocket secure(Socket plain, URI endpoint, SSLSocketFactory tls)
      throws IOException {
    SSLSocket wire =
        (SSLSocket) tls.createSocket(plain, endpoint.getHost(), Endpoints.port(endpoint), true);
    SSLParameters parameters = wire.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    wire.setSSLParameters(parameters);
    wire.startHandshake();
    return wire;
  }

  private static String head(URI endpoint, Map<String, String> headers, int length) {
    String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
    StringBuilder head =
        new StringBuilder("POST ")
            .append(path)
            .append(endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery())
            .append(" HTTP/1.1\r\nHost: ")
            .append(endpoint.getRawAuthority())
            .append("\r\nConnection: close\r\nContent-Length: ")
            .append(length)
            .append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString();
  }

  /** Reads the status line (RFC 9112, 4). */
  private static int status(Socket wire) throws IOException {
    InputStream in = wire.getInputStream();
    StringBuilder line = new StringBuilder();
    while (line.length() < LONGEST_LINE) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no answer");
      }
      if (next == '\n') {
        return status(line.toString());
      }
      line.append((char) next);
    }
    throw new IOException("not HTTP");
  }

  private static int status(String line) throws IOException {
    String[] parts = line.strip().split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
      throw new IOException("not HTTP");
    }
    return Integer.parseInt(parts[1]);
  }
}
