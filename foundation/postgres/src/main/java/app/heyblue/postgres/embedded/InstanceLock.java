package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The right to use a data folder, held by one process at a time. The system takes it back when the
 * process ends, however it ends; the file's text only says who holds it.
 */
public final class InstanceLock implements AutoCloseable {
  /** Locks of this process. To close a second channel on such a file would give up the lock. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** A killed process takes a moment to die. */
  private static final int ATTEMPTS = 20;

  private static final long PAUSE_MILLIS = 50;

  private final Path file;
  private final FileChannel channel;

  private InstanceLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws StartupFailure while somebody holds it
   */
  public static InstanceLock take(Path file) throws IOException, InterruptedException {
    Path real = Folders.parent(file).toRealPath().resolve(file.getFileName());
    long me = ProcessHandle.current().pid();
    if (!HELD.add(real)) {
      throw running(Long.toString(me));
    }
    boolean taken = false;
    FileChannel channel =
        FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (int attempt = 1; channel.tryLock() == null; attempt++) {
        if (attempt < ATTEMPTS) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          continue;
        }
        throw running(Files.readString(real).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(me).getBytes(StandardCharsets.UTF_8)));
      taken = true;
      return new InstanceLock(real, channel);
    } finally {
      if (!taken) {
        channel.close();
        HELD.remove(real);
      }
    }
  }

  private static StartupFailure running(String process) {
    return new StartupFailure(
        "HeyBlue is already running on this data (process %s).".formatted(process));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(file);
    }
  }
}
