package app.heyblue.scenarios;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lies between a server and its database, and can fall silent. */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 8192;
  private static final int TLS_REQUEST = 8;
  private final ServerSocket door;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> unanswered = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private boolean silent;

  Relay(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /**
   * From now on whoever connects is let in and hears that TLS isn't spoken, and nothing else; who
   * is connected loses that.
   */
  synchronized void fallSilent() {
    silent = true;
    open.forEach(Relay::hangUp);
    open.clear();
  }

  /** Whoever connects from now on is answered; who came in the silence never is. */
  synchronized void speak() {
    silent = false;
  }

  /** How many came in a silence and are still waiting. */
  int waiting() {
    return unanswered.size();
  }

  /** What clients have sent. */
  String said() {
    synchronized (said) {
      return said.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void accept() {
    try {
      while (true) {
        take(door.accept());
      }
    } catch (IOException closed) {
      // By us.
    }
  }

  private synchronized void take(Socket client) throws IOException {
    if (silent) {
      unanswered.add(client);
      Thread.ofVirtual().name("relay-silent").start(() -> ignore(client));
      return;
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(client);
    open.add(server);
    Thread.ofVirtual().name("relay-in").start(() -> pass(client, server, said));
    Thread.ofVirtual()
        .name("relay-out")
        .start(() -> pass(server, client, OutputStream.nullOutputStream()));
  }

  private void ignore(Socket client) {
    try {
      client.getInputStream().readNBytes(TLS_REQUEST);
      client.getOutputStream().write('N');
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It hangs up less politely.
    }
    hangUp(client);
    unanswered.remove(client);
  }

  private static void pass(Socket from, Socket to, OutputStream copy) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        synchronized (copy) {
          copy.write(buffer, 0, length);
        }
        to.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // One of them has gone, so has the other then.
    }
    hangUp(from);
    hangUp(to);
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It's closed all the same.
    }
  }

  @Override
  public void close() {
    fallSilent();
    unanswered.forEach(Relay::hangUp);
    try {
      door.close();
    } catch (IOException e) {
      // It's closed all the same.
    }
  }
}
