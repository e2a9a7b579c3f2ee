package app.heyblue.postgres.migrations;

import app.heyblue.postgres.StartupFailure;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Flyway's work on one schema, with its failures told in one sentence. */
public final class SchemaUpdate {
  private SchemaUpdate() {}

  /** Creates the schema if need be and applies what it lacks. */
  public static void run(DataSource source, String schema, MigrationFiles files) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .defaultSchema(schema)
            .schemas(schema)
            .createSchemas(true)
            .locations(new String[0])
            .resourceProvider(files)
            .javaMigrationClassProvider(List::of)
            .placeholderReplacement(false)
            // A version that only a newer program knows must not pass unnoticed.
            .ignoreMigrationPatterns(new String[0])
            .load();
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw mismatch(flyway, schema);
    } catch (FlywayException e) {
      throw new StartupFailure(
          "The database's schema %s can't be updated: %s".formatted(schema, reason(e)));
    }
  }

  private static StartupFailure mismatch(Flyway flyway, String schema) {
    List<MigrationInfo> all = Arrays.asList(flyway.info().all());
    return all.stream()
        .filter(
            one ->
                one.getState() == MigrationState.FUTURE_SUCCESS
                    || one.getState() == MigrationState.FUTURE_FAILED)
        .findFirst()
        .map(
            newer ->
                new StartupFailure(
                    ("The database is newer than this program: its schema %s has version %s,"
                            + " which this program doesn't know. Start the newer HeyBlue.")
                        .formatted(schema, newer.getVersion())))
        .orElseGet(
            () ->
                new StartupFailure(
                    ("The database's schema %s was made by other migrations than this program"
                            + " has. Start the HeyBlue that made it, or use another database.")
                        .formatted(schema)));
  }

  private static String reason(FlywayException e) {
    String what = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .findFirst()
        .map(cause -> what + ": " + cause.getMessage())
        .orElse(what);
  }
}
