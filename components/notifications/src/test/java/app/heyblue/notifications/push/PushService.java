package app.heyblue.notifications.push;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A push service (RFC 8030) on this machine that keeps what it is sent. */
public final class PushService implements AutoCloseable {
  /** What it answers. */
  public volatile int status = 201;

  /** While it isn't open, no answer is given. */
  public volatile CountDownLatch gate = new CountDownLatch(0);

  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** A push as it came. */
  public record Sent(String path, Headers headers, byte[] body) {}

  public PushService() {
    this(null);
  }

  public PushService(@Nullable SSLContext tls) {
    try {
      InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (tls == null) {
        server = HttpServer.create(here, 0);
      } else {
        HttpsServer secure = HttpsServer.create(here, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          sent.add(
              new Sent(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  public String endpoint(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + server.getAddress().getPort() + path;
  }

  /** The next push. */
  public Sent next() throws InterruptedException {
    Sent next = sent.poll(15, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was pushed");
    }
    return next;
  }

  public boolean hasNothing() {
    return sent.isEmpty();
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
