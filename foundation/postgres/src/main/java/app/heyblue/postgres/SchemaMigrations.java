package app.heyblue.postgres;

import app.heyblue.postgres.migrations.MigrationFiles;

/**
 * The migrations of one room: each room offers one as a bean. Flyway applies {@code
 * classpath:db/<schema>/V*.sql} in the schema of that name before any room starts.
 *
 * @param schema the room's own schema; nobody else reads it
 */
public record SchemaMigrations(String schema) {
  public SchemaMigrations {
    if (!schema.matches("[a-z_]+")) {
      throw new IllegalArgumentException("not a schema: " + schema);
    }
  }

  /** Whether the class path has them. */
  public boolean exist() {
    return MigrationFiles.exist(schema);
  }
}
