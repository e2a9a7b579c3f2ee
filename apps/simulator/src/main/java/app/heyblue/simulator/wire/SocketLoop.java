package app.heyblue.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One thread that holds any number of live sockets (RFC 6455) to one server, without TLS. Sockets
 * are made and used on its thread only; {@link #execute} gets there from others.
 */
public final class SocketLoop implements AutoCloseable {
  private static final int LARGEST = 128 * 1024;
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

  private final URI server;
  private final InetSocketAddress address;
  private final RandomGenerator random;
  private final Pulse pulse;
  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean stopped;

  /** Shared by all sockets, whose thread is one. */
  final ByteBuffer incoming = ByteBuffer.allocateDirect(LARGEST);

  final ByteBuffer outgoing = ByteBuffer.allocateDirect(LARGEST);

  /**
   * Starts the thread.
   *
   * @param server {@code http://host:port}
   * @param random of masks and handshakes, which needn't be secret here
   */
  public SocketLoop(URI server, RandomGenerator random, Pulse pulse) {
    this.server = server;
    this.address = new InetSocketAddress(server.getHost(), server.getPort());
    this.random = random;
    this.pulse = pulse;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.thread = Thread.ofPlatform().name("live-sockets").daemon().start(this::run);
  }

  /** Has something done on the loop's thread, soon. */
  public void execute(Runnable task) {
    tasks.add(task);
    if (Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  /** Begins to open a socket; on the loop's thread. */
  public LiveSocket open(SocketListener listener) {
    LiveSocket socket = new LiveSocket(this, listener);
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = channel.connect(address);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, socket);
      socket.attach(channel, key);
      if (connected) {
        socket.connected();
      }
    } catch (IOException e) {
      execute(() -> socket.fail(e));
    }
    return socket;
  }

  URI server() {
    return server;
  }

  RandomGenerator random() {
    return random;
  }

  private void run() {
    long next = System.nanoTime();
    while (!stopped) {
      long wait = Math.min(next - System.nanoTime(), LONGEST_WAIT);
      try {
        if (wait > 0 && tasks.isEmpty()) {
          selector.select(SocketLoop::ready, Math.max(1, wait / 1_000_000));
        } else {
          selector.selectNow(SocketLoop::ready);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      long now = System.nanoTime();
      if (now - next >= 0) {
        next = pulse.beat(now);
      }
    }
    for (SelectionKey key : selector.keys()) {
      ((LiveSocket) key.attachment()).drop();
    }
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ready(SelectionKey key) {
    LiveSocket socket = (LiveSocket) key.attachment();
    try {
      if (key.isValid() && key.isConnectable()) {
        socket.connected();
      }
      if (key.isValid() && key.isReadable()) {
        socket.readable();
      }
      if (key.isValid() && key.isWritable()) {
        socket.writable();
      }
    } catch (IOException e) {
      socket.fail(e);
    }
  }

  /** Ends the thread and drops what is open. */
  @Override
  public void close() {
    stopped = true;
    selector.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
