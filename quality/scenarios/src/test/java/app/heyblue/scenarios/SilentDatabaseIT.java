package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that lets connections in and then says nothing, as behind a broken balancer. */
class SilentDatabaseIT {
  @TempDir Path folder = Path.of("");

  @Test
  void connectionsThatNobodyAnswersAreGivenUpAndTheServerGoesOnAfterwards() throws Exception {
    Path binaries = RunningServer.shared().home().resolve("postgres").resolve("binaries");
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(folder.resolve("database"), binaries, Map.of());
        Relay relay = new Relay(postgres.port());
        RunningServer server = start(postgres.url(), relay.port()).awaitReady()) {
      assertThat(relay.said())
          .as("what each connection asks of the database")
          .contains("-c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=15");

      relay.fallSilent();
      await("the server finds out", () -> status(server) == 503 && relay.waiting() > 0);
      relay.speak();

      await("it answers again", () -> status(server) == 200);
    }
  }

  private RunningServer start(DatabaseUrl database, int port) throws Exception {
    String url =
        "postgresql://%s:%s@127.0.0.1:%d/%s"
            .formatted(
                database.user(),
                database.password(),
                port,
                database.jdbcUrl().replaceFirst(".*/", ""));
    return RunningServer.start(
        folder.resolve("home"),
        RunningServer.freePort(),
        Map.of("HEYBLUE_DATABASE_URL", url),
        "--empty");
  }

  private static int status(RunningServer server) {
    return server.api().get(API + "/ledger/heads", null).status();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
