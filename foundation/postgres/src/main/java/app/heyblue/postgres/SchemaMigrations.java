package app.heyblue.postgres;

/**
 * The migrations of one room: each room offers one as a bean. Flyway applies {@code
 * classpath:db/<schema>/V*.sql} in the schema of that name before any room starts.
 *
 * @param schema the room's own schema; nobody else reads it
 */
public record SchemaMigrations(String schema) {}
