package app.heyblue.benchmarks;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A Redis of our own, without persistence, and as little of a <a
 * href="https://redis.io/docs/latest/develop/reference/protocol-spec/">client</a> as is needed.
 */
final class Redis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Process process;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  private Redis(Process process, Socket socket) throws IOException {
    this.process = process;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Empty where it isn't installed. */
  static Optional<Redis> start() throws IOException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                program.get().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--daemonize",
                "no")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        return Optional.of(new Redis(process, new Socket(InetAddress.getLoopbackAddress(), port)));
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    process.destroy();
    throw new IOException("redis-server didn't start");
  }

  static byte[] command(String... words) {
    StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  void send(byte[] commands) throws IOException {
    out.write(commands);
  }

  /** Reads an integer. */
  long integer() throws IOException {
    return header(':');
  }

  /** Reads an array of bulk strings that hold numbers. */
  int[] numbers() throws IOException {
    int[] numbers = new int[(int) header('*')];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bulkNumber();
    }
    return numbers;
  }

  private int bulkNumber() throws IOException {
    int length = (int) header('$');
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = number * 10 + read() - '0';
    }
    endOfLine();
    return number;
  }

  private long header(char kind) throws IOException {
    int first = read();
    if (first != kind) {
      throw new IOException("Redis answered with '" + (char) first + "', not '" + kind + "'");
    }
    long number = 0;
    for (int digit = read(); digit != '\r'; digit = read()) {
      number = number * 10 + digit - '0';
    }
    if (read() != '\n') {
      throw new IOException("Redis ended no line");
    }
    return number;
  }

  private void endOfLine() throws IOException {
    if (read() != '\r' || read() != '\n') {
      throw new IOException("Redis ended no line");
    }
  }

  private int read() throws IOException {
    if (position == limit) {
      limit = in.read(buffer);
      position = 0;
      if (limit <= 0) {
        throw new EOFException("Redis is gone");
      }
    }
    return buffer[position++];
  }

  private static Optional<Path> program() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      folders.add(Path.of(folder));
    }
    return folders.stream()
        .map(folder -> folder.resolve("redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroy();
  }
}
