package app.heyblue.postgres;

import app.heyblue.postgres.embedded.Binaries;
import app.heyblue.postgres.embedded.Cluster;
import app.heyblue.postgres.embedded.Folders;
import app.heyblue.postgres.embedded.Home;
import app.heyblue.postgres.embedded.InstanceLock;
import app.heyblue.postgres.embedded.Ports;
import app.heyblue.postgres.embedded.Programs;
import app.heyblue.postgres.embedded.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as part of this process: durable, on 127.0.0.1 only, its data in one folder. It ends
 * when this process ends, also by {@code kill -9}; when it ends by itself it's started again, on
 * the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_MILLIS = 250;
  private static final long LONG_PAUSE_MILLIS = 10_000;

  private final Home home;
  private final Map<String, String> settings;
  private final InstanceLock lock;
  private final Programs programs;
  private final String password;
  private final int port;
  private final Thread watch;
  private volatile Server server;
  private volatile boolean closed;

  private EmbeddedPostgres(
      Home home, Path binaries, Map<String, String> settings, InstanceLock lock)
      throws IOException, InterruptedException {
    this.home = home;
    this.settings = settings;
    this.lock = lock;
    Folders.removeTemporary(home.root());
    this.programs = Programs.in(Binaries.unpack(binaries));
    this.password = Cluster.open(home, programs);
    this.port = Ports.choose(home);
    this.server = firstServer();
    this.watch = Thread.ofVirtual().name("heyblue-postgres-watch").start(this::watch);
  }

  /**
   * Starts the database of a home, made first if there is none, and returns when it answers.
   *
   * @param home HeyBlue's data folder; the database lies in its folder {@code postgres}
   * @throws StartupFailure with a sentence for the person at the terminal
   */
  public static EmbeddedPostgres start(Path home) {
    Home folder = new Home(home.resolve("postgres"));
    EmbeddedPostgres postgres = start(folder, folder.binaries(), Map.of());
    try {
      Binaries.removeOthers(folder.binaries());
    } catch (IOException e) {
      // They stay until the next start; nothing needs them gone.
    }
    return postgres;
  }

  /**
   * {@link #start(Path)} with programs that several homes share, and settings; for tests.
   *
   * @param binaries where the programs are, or are unpacked to
   * @param settings by name; they win over HeyBlue's own
   */
  public static EmbeddedPostgres start(Path home, Path binaries, Map<String, String> settings) {
    return start(new Home(home.resolve("postgres")), binaries, settings);
  }

  private static EmbeddedPostgres start(Home home, Path binaries, Map<String, String> settings) {
    @Nullable InstanceLock lock = null;
    boolean started = false;
    try {
      Folders.createPrivate(home.root());
      lock = InstanceLock.take(home.lock());
      EmbeddedPostgres postgres = new EmbeddedPostgres(home, binaries, settings, lock);
      started = true;
      return postgres;
    } catch (IOException e) {
      throw cannotStart(home, Folders.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannotStart(home, "interrupted", e);
    } finally {
      if (lock != null && !started) {
        lock.close();
      }
    }
  }

  /** Where it is and who signs in. */
  public DatabaseUrl url() {
    return new DatabaseUrl(jdbcUrl(), user(), password);
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.DATABASE);
  }

  public String user() {
    return Cluster.USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The server's process id; another one after a restart. */
  public long pid() {
    return server.pid();
  }

  /** Whether the server runs and is ready; false while it's being started again. */
  public boolean isAnswering() {
    return !closed && server.isAlive();
  }

  /** Stops the server, cutting open connections, and gives up the data folder. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    watch.interrupt();
    try {
      watch.join();
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.close();
    }
  }

  private Server firstServer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return Server.start(home, programs, port, settings);
      } catch (Server.DidNotStart e) {
        if (!e.passes() || System.nanoTime() > deadline) {
          programs.requireUsable();
          throw cannotStart(home, String.valueOf(e.getMessage()), e);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void watch() {
    try {
      while (true) {
        server.awaitEnd();
        log().warn("PostgreSQL ended by itself and is started again.");
        server = nextServer();
        log().info("PostgreSQL is back.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Never gives up, since what is in the way, such as a full disk, may pass. */
  private Server nextServer() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return Server.start(home, programs, port, settings);
      } catch (Server.DidNotStart | IOException | StartupFailure e) {
        boolean late = System.nanoTime() > deadline;
        if (late) {
          log().errorf("PostgreSQL doesn't come back, trying on: %s", e.getMessage());
        }
        TimeUnit.MILLISECONDS.sleep(late ? LONG_PAUSE_MILLIS : PAUSE_MILLIS);
      }
    }
  }

  /** Not before it's needed: a start that fails should print its sentence and nothing else. */
  private static Logger log() {
    return Logger.getLogger(EmbeddedPostgres.class);
  }

  private static StartupFailure cannotStart(Home home, String why, Exception cause) {
    return new StartupFailure(
        "PostgreSQL can't start in %s: %s".formatted(home.root(), why), cause);
  }
}
