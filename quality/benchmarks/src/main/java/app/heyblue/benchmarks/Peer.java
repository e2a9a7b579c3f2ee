package app.heyblue.benchmarks;

import app.heyblue.postgres.DatabaseUrl;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** PostgreSQL alone: the same file in a bare table of its 28 columns, with indexes made after. */
final class Peer implements AutoCloseable {
  private final Connection connection;

  Peer(DatabaseUrl database) throws SQLException {
    connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  void copy(Path file) throws Exception {
    String columns =
        Files.newBufferedReader(file).readLine().replace("GROUP", "GRP").replace(",", " text, ");
    execute("drop table if exists bare");
    execute("create table bare (" + columns + " text)");
    try (InputStream in = Files.newInputStream(file)) {
      long _ =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy bare from stdin (format csv, header true)", in, 1 << 16);
    }
  }

  /** The same as the catalog has: the key, and where a generation lies. */
  void indexLikeTheCatalog() throws SQLException {
    execute("alter table bare add column since bigint not null default 1");
    execute("alter table bare add primary key (ein, since)");
    execute("create index on bare using brin (since) with (pages_per_range = 32)");
  }

  /** What searching by words needs in PostgreSQL. */
  void indexForWords() throws SQLException {
    execute(
        """
        create index on bare using gin ((setweight(to_tsvector('simple', name), 'A')
          || setweight(to_tsvector('simple', city), 'C')))
        """);
  }

  /** What searching for misspelt names needs in PostgreSQL. */
  void indexForTrigrams() throws SQLException {
    execute("create extension if not exists pg_trgm");
    execute("create index on bare using gin (name gin_trgm_ops)");
    execute("analyze bare");
  }

  void byTrigrams(String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select ein, name, city, state, zip from bare where name % ? order by"
                + " similarity(name, ?) desc, ein limit 10")) {
      query.setString(1, name);
      query.setString(2, name);
      read(query);
    }
  }

  void byEin(String ein) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select ein, name, city, state, zip from bare where ein = ?")) {
      query.setString(1, ein);
      read(query);
    }
  }

  private static void read(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String _ = rows.getString(1);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
