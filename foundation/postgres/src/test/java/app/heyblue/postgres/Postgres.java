package app.heyblue.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Embedded servers of these tests: durable like in production, with programs they share. */
final class Postgres {
  static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

  private Postgres() {}

  static EmbeddedPostgres start(Path home) {
    return EmbeddedPostgres.start(home, BINARIES, Map.of());
  }

  /** Makes a home a copy of one that was stopped, which is quicker than to make it new. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(
            path,
            to.resolve(from.relativize(path)),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static DataSource source(DatabaseUrl url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    source.setUser(url.user());
    source.setPassword(url.password());
    return source;
  }

  static Database database(EmbeddedPostgres postgres) {
    return new Database(source(postgres.url()));
  }
}
