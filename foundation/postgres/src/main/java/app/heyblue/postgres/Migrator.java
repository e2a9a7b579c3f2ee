package app.heyblue.postgres;

import app.heyblue.postgres.migrations.MigrationFiles;
import app.heyblue.postgres.migrations.SchemaUpdate;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings every room's schema up to date before any room starts. Where nothing is to do, one query
 * tells so: each schema carries the fingerprint of the migrations that made it.
 */
@ApplicationScoped
public class Migrator {
  private final DataSource source;
  private final List<SchemaMigrations> schemas;

  Migrator(DataSource source, @All List<SchemaMigrations> schemas) {
    this.source = source;
    this.schemas = schemas;
  }

  void start(@Observes @Priority(10) StartupEvent event) {
    migrate(source, schemas);
  }

  /**
   * Applies what is missing, one process at a time.
   *
   * @throws StartupFailure when a migration fails (nothing of it stays) or the database was made by
   *     a newer program
   */
  public static void migrate(DataSource source, Collection<SchemaMigrations> schemas) {
    Map<String, MigrationFiles> wanted = new TreeMap<>();
    schemas.forEach(one -> wanted.put(one.schema(), MigrationFiles.of(one.schema())));
    Jdbi.create(source)
        .useHandle(
            connection -> {
              removeUpToDate(wanted, connection);
              if (!wanted.isEmpty()) {
                update(source, connection, wanted);
              }
            });
  }

  private static void update(
      DataSource source, Handle connection, Map<String, MigrationFiles> wanted) {
    connection.execute("select pg_advisory_lock(hashtextextended('heyblue migrations', 0))");
    try {
      removeUpToDate(wanted, connection);
      wanted.forEach(
          (schema, files) -> {
            SchemaUpdate.run(source, schema, files);
            connection.execute(
                "comment on table %s.flyway_schema_history is '%s'"
                    .formatted(schema, files.fingerprint()));
          });
    } finally {
      connection.execute("select pg_advisory_unlock(hashtextextended('heyblue migrations', 0))");
    }
  }

  private static void removeUpToDate(Map<String, MigrationFiles> wanted, Handle connection) {
    connection
        .createQuery(
            """
            select nspname, obj_description(pg_class.oid, 'pg_class')
            from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where relname = 'flyway_schema_history' and relkind = 'r'
            """)
        .map((row, context) -> Map.entry(row.getString(1), String.valueOf(row.getString(2))))
        .forEach(
            made ->
                wanted.computeIfPresent(
                    made.getKey(),
                    (schema, files) -> files.fingerprint().equals(made.getValue()) ? null : files));
  }
}
