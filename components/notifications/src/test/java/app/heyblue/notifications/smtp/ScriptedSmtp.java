package app.heyblue.notifications.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server (RFC 5321) that misbehaves as told: for the nth connection, what it answers to a
 * command instead of what it should. An answer of {@link #HANG_UP} closes the connection, one of
 * {@link #SILENCE} never comes.
 */
final class ScriptedSmtp implements AutoCloseable {
  static final String HANG_UP = "hang up";
  static final String SILENCE = "silence";

  /** What came, whole messages, whether or not they were acknowledged. */
  final List<String> messages = new CopyOnWriteArrayList<>();

  private final ServerSocket socket;
  private final List<Map<String, String>> scripts;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * Starts it.
   *
   * @param scripts by connection; connections beyond these are served as they should be. Commands
   *     are GREETING, EHLO, MAIL, RCPT, DATA, and END for the end of a message
   */
  @SafeVarargs
  ScriptedSmtp(Map<String, String>... scripts) throws IOException {
    this.scripts = List.of(scripts);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        int number = connections.getAndIncrement();
        Map<String, String> script = number < scripts.size() ? scripts.get(number) : Map.of();
        Thread.ofVirtual().start(() -> serve(client, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client, Map<String, String> script) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = client.getOutputStream();
      boolean goesOn = answer(out, script.getOrDefault("GREETING", "220 here"));
      String line = in.readLine();
      while (goesOn && line != null) {
        String command = line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT);
        goesOn =
            answer(
                out,
                script.getOrDefault(
                    command,
                    switch (command) {
                      case "DATA" -> "354 go on";
                      case "QUIT" -> "221 bye";
                      default -> "250 ok";
                    }));
        if (goesOn && command.equals("DATA") && !script.containsKey("DATA")) {
          messages.add(message(in));
          goesOn = answer(out, script.getOrDefault("END", "250 taken"));
        }
        line = goesOn ? in.readLine() : null;
      }
    } catch (IOException e) {
      // The client has gone, or the test is over.
    }
  }

  private static boolean answer(OutputStream out, String text) throws IOException {
    if (text.equals(HANG_UP)) {
      return false;
    }
    if (!text.equals(SILENCE)) {
      out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    return true;
  }

  private static String message(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      message.append(line).append("\r\n");
    }
    return message.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
