package app.heyblue.testing;

import app.heyblue.postgres.Database;
import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedPostgres;
import app.heyblue.postgres.Migrator;
import app.heyblue.postgres.SchemaMigrations;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Fresh databases in one PostgreSQL server, which is started once for each JVM of tests. */
public final class TestDatabase {
  private static final int POOL = 24;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<List<String>, String> TEMPLATES = new ConcurrentHashMap<>();

  private final DatabaseUrl url;
  private final AgroalDataSource source;
  private final Database database;

  private TestDatabase(DatabaseUrl url) {
    this.url = url;
    this.source = pool(url);
    this.database = new Database(source);
  }

  /**
   * A new database with the migrations of those schemas applied whose folder {@code db/<schema>} is
   * on the class path.
   */
  public static Database create(String... schemas) {
    return open(schemas).database();
  }

  /** {@link #create} with what lies beneath. */
  public static TestDatabase open(String... schemas) {
    String template = TEMPLATES.computeIfAbsent(List.of(schemas), TestDatabase::template);
    return new TestDatabase(newDatabase("test", " template " + template));
  }

  /**
   * Kills the server with {@code kill -9} and returns when it's back. All databases of this JVM
   * lose their connections, and nothing that was committed.
   */
  public static void killServer() {
    EmbeddedPostgres server = SharedPostgres.server();
    long killed = server.pid();
    ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
    while (server.pid() == killed || !server.isAnswering()) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  public Database database() {
    return database;
  }

  public DataSource dataSource() {
    return source;
  }

  /** Its address, and who signs in. */
  public DatabaseUrl url() {
    return url;
  }

  private static String template(List<String> schemas) {
    DatabaseUrl url = newDatabase("template", "");
    List<SchemaMigrations> present =
        schemas.stream().map(SchemaMigrations::new).filter(SchemaMigrations::exist).toList();
    try (AgroalDataSource source = pool(url)) {
      Migrator.migrate(source, present);
    }
    return url.jdbcUrl().replaceFirst(".*/", "");
  }

  private static DatabaseUrl newDatabase(String kind, String clause) {
    DatabaseUrl server = SharedPostgres.server().url();
    String name = kind + "_" + COUNT.incrementAndGet();
    try (AgroalDataSource source = pool(server)) {
      new Database(source).read(tx -> tx.execute("create database " + name + clause));
    }
    return new DatabaseUrl(
        server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), server.user(), server.password());
  }

  /** A pool that shrinks when its test is over, and notices a killed server. */
  private static AgroalDataSource pool(DatabaseUrl url) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(POOL)
                          .acquisitionTimeout(Duration.ofSeconds(30))
                          .reapTimeout(Duration.ofSeconds(10))
                          .idleValidationTimeout(Duration.ofMillis(500))
                          .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(5))
                          .exceptionSorter(new PostgreSQLExceptionSorter())
                          .connectionFactoryConfiguration(
                              factory ->
                                  factory
                                      .jdbcUrl(url.jdbcUrl())
                                      .principal(new NamePrincipal(url.user()))
                                      .credential(new SimplePassword(url.password())))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
