package app.heyblue.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratorIT {
  private static final List<SchemaMigrations> SAMPLE = List.of(new SchemaMigrations("sample"));

  @TempDir static Path home;

  @SuppressWarnings("NullAway.Init") // set by start
  private static EmbeddedPostgres postgres;

  @SuppressWarnings("NullAway.Init") // set by emptyDatabase
  private DataSource source;

  @SuppressWarnings("NullAway.Init") // set by emptyDatabase
  private Database database;

  @BeforeAll
  static void start() {
    postgres = Postgres.start(home);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void emptyDatabase() {
    source = Postgres.source(postgres.url());
    database = new Database(source);
    database.useTransaction(
        tx ->
            tx.execute(
                "drop schema if exists sample cascade; drop schema if exists broken cascade"));
  }

  @Test
  void appliesEachMigrationOnceInItsOwnSchema() {
    Migrator.migrate(source, SAMPLE);
    Migrator.migrate(source, SAMPLE);

    assertThat(applied("sample")).containsExactly("1", "2");
    database.useTransaction(tx -> tx.execute("insert into sample.thing values ('a', 1)"));
  }

  @Test
  void leavesADatabaseAloneThatIsUpToDate() {
    Migrator.migrate(source, SAMPLE);
    database.useTransaction(
        tx ->
            tx.execute("update sample.flyway_schema_history set checksum = 1 where version = '1'"));

    Migrator.migrate(source, SAMPLE);
  }

  @Test
  void continuesWhereAnOlderProgramStopped() {
    Migrator.migrate(source, SAMPLE);
    database.useTransaction(
        tx ->
            tx.execute(
                """
                delete from sample.flyway_schema_history where version = '2';
                alter table sample.thing drop column size;
                comment on table sample.flyway_schema_history is 'older'
                """));

    Migrator.migrate(source, SAMPLE);

    assertThat(applied("sample")).containsExactly("1", "2");
  }

  @Test
  void processesThatStartTogetherTakeTurns() throws Exception {
    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> migration =
          () -> {
            Migrator.migrate(source, SAMPLE);
            return true;
          };
      for (Future<Boolean> done :
          together.invokeAll(List.of(migration, migration, migration, migration))) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(applied("sample")).containsExactly("1", "2");
  }

  @Test
  void refusesADatabaseOfANewerProgram() {
    Migrator.migrate(source, SAMPLE);
    database.useTransaction(
        tx ->
            tx.execute(
                """
                insert into sample.flyway_schema_history
                  (installed_rank, version, description, type, script, installed_by,
                   execution_time, success)
                values (9, '3', 'more', 'SQL', 'V3__more.sql', 'heyblue', 1, true);
                comment on table sample.flyway_schema_history is 'newer'
                """));

    assertThatThrownBy(() -> Migrator.migrate(source, SAMPLE))
        .isInstanceOf(StartupFailure.class)
        .hasMessage(
            "The database is newer than this program: its schema sample has version 3, which this"
                + " program doesn't know. Start the newer HeyBlue.");
  }

  @Test
  void refusesADatabaseThatOtherMigrationsMade() {
    Migrator.migrate(source, SAMPLE);
    database.useTransaction(
        tx ->
            tx.execute(
                """
                update sample.flyway_schema_history set checksum = 1 where version = '1';
                comment on table sample.flyway_schema_history is 'other'
                """));

    assertThatThrownBy(() -> Migrator.migrate(source, SAMPLE))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("sample was made by other migrations");
  }

  @Test
  void saysWhatFailedAndKeepsNothingOfIt() {
    assertThatThrownBy(() -> Migrator.migrate(source, List.of(new SchemaMigrations("broken"))))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("V2__second.sql")
        .hasMessageContaining("relation \"nowhere\" does not exist");

    assertThat(applied("broken")).containsExactly("1");
    assertThat(
            database.<String, RuntimeException>read(
                tx ->
                    String.valueOf(
                        tx.createQuery("select to_regclass('broken.second')::text")
                            .mapTo(String.class)
                            .findOne()
                            .orElse("nothing"))))
        .isEqualTo("nothing");
  }

  private List<String> applied(String schema) {
    return database.read(
        tx ->
            tx.createQuery(
                    "select version from "
                        + schema
                        + ".flyway_schema_history where version is not null order by installed_rank")
                .mapTo(String.class)
                .list());
  }
}
