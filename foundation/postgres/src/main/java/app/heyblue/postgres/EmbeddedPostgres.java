package app.heyblue.postgres;

import app.heyblue.postgres.embedded.Binaries;
import app.heyblue.postgres.embedded.Cluster;
import app.heyblue.postgres.embedded.Home;
import app.heyblue.postgres.embedded.InstanceLock;
import app.heyblue.postgres.embedded.Ports;
import app.heyblue.postgres.embedded.Programs;
import app.heyblue.postgres.embedded.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * PostgreSQL as part of this process: durable, on 127.0.0.1 only, its data in one folder. It ends
 * when this process ends, also by {@code kill -9}; when it ends itself it's started again on the
 * same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_MILLIS = 250;

  private final Home home;
  private final Map<String, String> settings;
  private final InstanceLock lock;
  private final Programs programs;
  private final String password;
  private final int port;
  private final Thread watch;
  private volatile Server server;
  private volatile boolean stopping;

  private EmbeddedPostgres(
      Home home, Path binaries, Map<String, String> settings, InstanceLock lock)
      throws IOException, InterruptedException {
    this.home = home;
    this.settings = settings;
    this.lock = lock;
    this.programs = Programs.of(Binaries.unpack(binaries));
    this.password = Cluster.open(home, programs);
    this.port = Ports.choose(home);
    this.server = start();
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
    return start(folder, folder.binaries(), Map.of());
  }

  /**
   * {@link #start(Path)} with PostgreSQL's programs and some of its settings given, for tests.
   *
   * @param binaries where the programs are unpacked; several homes may share them
   * @param settings by name; they win over HeyBlue's own
   */
  public static EmbeddedPostgres start(Path home, Path binaries, Map<String, String> settings) {
    return start(new Home(home.resolve("postgres")), binaries, settings);
  }

  private static EmbeddedPostgres start(Home home, Path binaries, Map<String, String> settings) {
    InstanceLock lock = null;
    boolean started = false;
    try {
      Files.createDirectories(home.root());
      lock = InstanceLock.take(home.lock());
      EmbeddedPostgres postgres = new EmbeddedPostgres(home, binaries, settings, lock);
      started = true;
      return postgres;
    } catch (IOException e) {
      throw new StartupFailure(
          "PostgreSQL can't start in %s: %s".formatted(home.root(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("HeyBlue was interrupted.", e);
    } finally {
      if (lock != null && !started) {
        lock.close();
      }
    }
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

  /** The server's process id; another after a restart. */
  public long pid() {
    return server.pid();
  }

  /** Whether the server runs; false while it's being started again. */
  public boolean isAnswering() {
    return !stopping && server.isAlive();
  }

  /** Stops the server and gives the data back. Open connections are cut. */
  @Override
  public void close() {
    stopping = true;
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

  /** Tries for half a minute: what a killed server left in memory takes a moment to go. */
  private Server start() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return Server.start(home, programs, port, settings);
      } catch (Server.DidNotStart e) {
        if (System.nanoTime() > deadline) {
          throw new StartupFailure(
              "PostgreSQL can't start in %s: %s".formatted(home.root(), e.getMessage()), e);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void watch() {
    try {
      while (true) {
        server.awaitEnd();
        LOG.warn("PostgreSQL ended by itself; starting it again.");
        server = start();
        LOG.info("PostgreSQL is back.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | StartupFailure e) {
      LOG.error("PostgreSQL doesn't come back; restart HeyBlue.", e);
    }
  }
}
