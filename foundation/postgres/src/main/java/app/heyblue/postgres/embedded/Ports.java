package app.heyblue.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Random;

/**
 * The port of the embedded database: chosen once and kept while it's free. Chosen below the range
 * from which systems take ports for outgoing connections, so that a restart finds it free again.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 29_999;

  private Ports() {}

  /** The kept port, or another where something else listens on it by now. */
  public static int choose(Home home) throws IOException {
    if (Files.exists(home.port())) {
      try {
        int kept = Integer.parseInt(Files.readString(home.port()).strip());
        if (isFree(kept)) {
          return kept;
        }
      } catch (NumberFormatException e) {
        Files.delete(home.port());
      }
    }
    Random random = new SecureRandom();
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = random.nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        Folders.writePrivately(home.port(), Integer.toString(port));
        return port;
      }
    }
    throw new IOException("no port between %d and %d is free".formatted(FIRST, LAST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket =
        new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.isBound();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
