package app.heyblue.testing;

import app.heyblue.postgres.Database;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Fresh databases in one PostgreSQL server, which is started once for each JVM of tests. */
public final class TestDatabase {
  private static final int POOL = 20;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<List<String>, String> TEMPLATES = new ConcurrentHashMap<>();

  private final String url;
  private final AgroalDataSource source;
  private final Database database;

  private TestDatabase(String url, AgroalDataSource source) {
    this.url = url;
    this.source = source;
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
    String name = "test_" + COUNT.incrementAndGet();
    execute("create database " + name + " template " + template);
    String url = SharedPostgres.url(name);
    TestDatabase opened = new TestDatabase(url, pool(url));
    return opened;
  }

  public Database database() {
    return database;
  }

  public DataSource dataSource() {
    return source;
  }

  /** Its address, with user and password as parameters. */
  public String jdbcUrl() {
    return url;
  }

  private static String template(List<String> schemas) {
    String name = "template_" + COUNT.incrementAndGet();
    execute("create database " + name);
    for (String schema : schemas) {
      if (TestDatabase.class.getClassLoader().getResource("db/" + schema) != null) {
        Flyway.configure()
            .dataSource(SharedPostgres.url(name), null, null)
            .locations("classpath:db/" + schema)
            .schemas(schema)
            .defaultSchema(schema)
            .load()
            .migrate();
      }
    }
    return name;
  }

  private static void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(SharedPostgres.url("heyblue"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static AgroalDataSource pool(String url) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(POOL)
                          .acquisitionTimeout(Duration.ofSeconds(30))
                          .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
