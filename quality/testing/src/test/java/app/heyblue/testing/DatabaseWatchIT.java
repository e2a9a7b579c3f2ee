package app.heyblue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.heyblue.postgres.Database;
import app.heyblue.postgres.DatabaseWatch;
import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A database that is connected and silent. */
class DatabaseWatchIT {
  private final TestDatabase test = TestDatabase.open();
  private final DatabaseWatch watch =
      new DatabaseWatch(
          (AgroalDataSource) test.dataSource(),
          test.url(),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  @Test
  void whoWaitsOnASilentDatabaseIsToldAndItIsUsedAgainWhenItSpeaks() throws Exception {
    watch.look();
    signal("STOP");
    Database database = new Database(test.dataSource(), watch::isSilent);
    CompletableFuture<Throwable> waiting;
    try {
      waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> database.read(tx -> tx.execute("select 1"))));
      watch.look();
      watch.look();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isNotNull();
      assertThatThrownBy(() -> database.read(tx -> tx.execute("select 1")))
          .as("whoever comes later isn't kept waiting for a connection")
          .hasRootCauseMessage("The database has said nothing for a while");
    } finally {
      signal("CONT");
    }
    watch.look();
    assertThat(database.isAnswering()).isTrue();
  }

  @Test
  void aLongStatementIsLeftAlone() throws Exception {
    CompletableFuture<Integer> working =
        CompletableFuture.supplyAsync(
            () -> test.database().read(tx -> tx.execute("select pg_sleep(1)")));
    do {
      watch.look();
    } while (!working.isDone());
    assertThat(working.get()).isNotNull();
  }

  private static void signal(String name) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    ProcessHandle server = ProcessHandle.of(SharedPostgres.server().pid()).orElseThrow();
    Stream.concat(Stream.of(server), server.descendants())
        .forEach(process -> command.add(String.valueOf(process.pid())));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
