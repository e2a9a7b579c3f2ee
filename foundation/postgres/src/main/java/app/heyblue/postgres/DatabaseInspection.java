package app.heyblue.postgres;

import app.heyblue.postgres.migrations.MigrationFiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * What a database says of itself to somebody who connects once; changes nothing.
 *
 * @param unsafe settings by which acknowledged work can be lost, such as {@code fsync}
 * @param ahead how far its clock is before ours
 * @param outdated schemas that lack migrations of this program, or have others
 * @param failed schemas with a migration that failed
 */
public record DatabaseInspection(
    String version,
    List<String> unsafe,
    Duration ahead,
    List<String> outdated,
    List<String> failed) {
  private static final String PATIENCE_SECONDS = "5";

  /**
   * Connects and asks.
   *
   * @param schemas those that this program has migrations for
   * @throws SQLException where it can't be reached or doesn't let us in
   */
  public static DatabaseInspection of(DatabaseUrl url, List<String> schemas, Clock clock)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", url.user());
    properties.setProperty("password", url.password());
    properties.setProperty("loginTimeout", PATIENCE_SECONDS);
    properties.setProperty("connectTimeout", PATIENCE_SECONDS);
    properties.setProperty("socketTimeout", PATIENCE_SECONDS);
    try (Connection connection = new Driver().connect(url.jdbcUrl(), properties)) {
      if (connection == null) {
        throw new SQLException("not an address of PostgreSQL");
      }
      connection.setReadOnly(true);
      return of(connection, schemas, clock);
    }
  }

  private static DatabaseInspection of(Connection connection, List<String> schemas, Clock clock)
      throws SQLException {
    List<String> unsafe = new ArrayList<>();
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      if (one(connection, "show " + setting).equals("off")) {
        unsafe.add(setting);
      }
    }
    List<String> outdated = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (String schema : schemas) {
      MigrationFiles files = MigrationFiles.of(schema);
      if (!fingerprint(connection, schema).equals(files.fingerprint())) {
        outdated.add(schema);
      }
      if (hasFailed(connection, schema)) {
        failed.add(schema);
      }
    }
    return new DatabaseInspection(
        one(connection, "show server_version"), unsafe, ahead(connection, clock), outdated, failed);
  }

  private static Duration ahead(Connection connection, Clock clock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return Duration.between(clock.instant(), row.getObject(1, OffsetDateTime.class).toInstant());
    }
  }

  private static String fingerprint(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select obj_description(to_regclass(?), 'pg_class') where to_regclass(?) is not null")) {
      statement.setString(1, schema + ".flyway_schema_history");
      statement.setString(2, schema + ".flyway_schema_history");
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    }
  }

  private static boolean hasFailed(Connection connection, String schema) throws SQLException {
    String table = schema + ".flyway_schema_history";
    return !fingerprint(connection, schema).isEmpty()
        && !one(connection, "select count(*) from " + table + " where not success").equals("0");
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
