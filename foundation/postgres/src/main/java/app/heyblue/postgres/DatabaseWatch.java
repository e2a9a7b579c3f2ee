package app.heyblue.postgres;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notices a database that is connected but silent, because its machine or its processes stand still
 * or the network swallows everything, and cuts the pool's connections. Whoever waits on one then
 * gets a failure that says so, rather than nothing for as long as it lasts, and whoever comes later
 * is refused at once until it answers again. A statement may take as long as it needs while the
 * database answers this watch, which asks on a connection of its own.
 */
@ApplicationScoped
public class DatabaseWatch {
  private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** One unanswered question may be a moment's hitch. */
  private static final int QUESTIONS = 2;

  private final AgroalDataSource pool;
  private final DatabaseUrl database;
  private final Duration every;
  private final Duration patience;
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Connection connection;
  private int unanswered;
  private volatile boolean silent;

  @Inject
  DatabaseWatch(
      AgroalDataSource pool,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password) {
    this(pool, new DatabaseUrl(url, user, password), EVERY, PATIENCE);
  }

  /**
   * A watch that isn't started yet.
   *
   * @param every the pause between two questions
   * @param patience how long each is waited for
   */
  public DatabaseWatch(
      AgroalDataSource pool, DatabaseUrl database, Duration every, Duration patience) {
    this.pool = pool;
    this.database = database;
    this.every = every;
    this.patience = patience;
  }

  void start(@Observes @Priority(50) StartupEvent started) {
    Thread.ofVirtual().name("heyblue-database-watch").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stop.countDown();
  }

  private void run() {
    try {
      while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  /** Whether the database has said nothing for so long that its connections are cut. */
  public boolean isSilent() {
    return silent;
  }

  /** Asks once, and cuts the pool's connections where the database has been silent too long. */
  public void look() {
    if (isAnswering()) {
      if (silent) {
        LOG.info("The database answers again.");
      }
      unanswered = 0;
      silent = false;
      return;
    }
    unanswered++;
    if (unanswered == QUESTIONS) {
      LOG.warnf(
          "The database has said nothing for %d s; its connections are cut.",
          patience.multipliedBy(QUESTIONS).toSeconds());
    }
    silent = unanswered >= QUESTIONS;
    if (silent) {
      pool.flush(FlushMode.ALL);
    }
  }

  /**
   * False for silence only: whoever is refused or cut off is told so at once, and so are others.
   */
  private boolean isAnswering() {
    long asked = System.nanoTime();
    try {
      Connection open = connection;
      if (open == null || open.isClosed()) {
        open = connect();
        connection = open;
      }
      try (Statement question = open.createStatement()) {
        return question.execute("select 1");
      }
    } catch (SQLException e) {
      disconnect();
      return System.nanoTime() - asked < patience.toNanos() / 10 * 9;
    }
  }

  private Connection connect() throws SQLException {
    String seconds = String.valueOf(Math.max(1, patience.toSeconds()));
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("ApplicationName", "heyblue-watch");
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It's gone either way.
      }
    }
  }
}
