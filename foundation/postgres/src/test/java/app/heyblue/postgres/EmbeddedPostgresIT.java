package app.heyblue.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  @TempDir static Path made;
  @TempDir Path home;

  @BeforeAll
  static void makeOne() {
    Postgres.start(made).close();
  }

  @BeforeEach
  void copyIt() throws IOException {
    Postgres.copy(made, home);
  }

  @Test
  void keepsItsDataPortAndPasswordWhenItStartsAgain() {
    int port;
    String password;
    try (EmbeddedPostgres first = Postgres.start(home)) {
      port = first.port();
      password = first.password();
      write(first);
    }
    try (EmbeddedPostgres second = Postgres.start(home)) {
      assertThat(second.port()).isEqualTo(port);
      assertThat(second.password()).isEqualTo(password);
      assertThat(rows(second)).isEqualTo(1);
    }
  }

  @Test
  void answersWhileItRunsOnly() {
    Database database;
    try (EmbeddedPostgres postgres = Postgres.start(home)) {
      database = Postgres.database(postgres);
      assertThat(database.isAnswering()).isTrue();
    }
    assertThat(database.isAnswering()).isFalse();
  }

  @Test
  void isDurablePrivateAndNoSuperuser() throws Exception {
    try (EmbeddedPostgres postgres = Postgres.start(home)) {
      Database database = Postgres.database(postgres);
      assertThat(show(database, "fsync")).isEqualTo("on");
      assertThat(show(database, "synchronous_commit")).isEqualTo("on");
      assertThat(show(database, "full_page_writes")).isEqualTo("on");
      assertThat(show(database, "data_checksums")).isEqualTo("on");
      assertThat(show(database, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(database, "max_connections")).isEqualTo("60");
      assertThat(show(database, "is_superuser")).isEqualTo("off");
      assertThat(show(database, "server_encoding")).isEqualTo("UTF8");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.resolve("postgres/password"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "heyblue", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgres.password()))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void comesBackOnTheSamePortAfterItsServerWasKilled() {
    try (EmbeddedPostgres postgres = Postgres.start(home)) {
      write(postgres);
      int port = postgres.port();
      long killed = postgres.pid();

      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      await(() -> postgres.pid() != killed && postgres.isAnswering());

      assertThat(postgres.port()).isEqualTo(port);
      assertThat(rows(postgres)).isEqualTo(1);
    }
  }

  @Test
  void aKilledProcessLeavesItsDataToTheNextAndNothingRunning() throws IOException {
    HolderProcess holder = HolderProcess.start(home);

    holder.process().destroyForcibly();

    try (EmbeddedPostgres next = Postgres.start(home)) {
      assertThat(holder.postgres().isAlive()).isFalse();
      assertThat(kept(next)).isEqualTo(1);
    }
  }

  @Test
  void aKilledProcessTakesItsServerWithItThoughNobodyStartsAgain() throws Exception {
    HolderProcess holder = HolderProcess.start(home);

    holder.process().destroyForcibly();

    assertThat(holder.postgres().onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    await(() -> !Files.exists(home.resolve("postgres/data/postmaster.pid")));
  }

  @Test
  void endsAServerWhoseGuardsWereKilledToo() throws IOException {
    HolderProcess holder = HolderProcess.start(home);
    var guards =
        holder
            .process()
            .descendants()
            .filter(one -> one.pid() != holder.postgres().pid())
            .filter(one -> one.info().command().filter(name -> name.endsWith("sh")).isPresent())
            .toList();

    holder.process().destroyForcibly();
    guards.forEach(ProcessHandle::destroyForcibly);

    try (EmbeddedPostgres next = Postgres.start(home)) {
      assertThat(holder.postgres().isAlive()).isFalse();
      assertThat(kept(next)).isEqualTo(1);
    }
  }

  @Test
  void startsAlthoughAnotherProgramHasTheIdOfAKilledServer() throws IOException {
    long another = ProcessHandle.current().parent().orElseThrow().pid();
    Files.writeString(
        home.resolve("postgres/data/postmaster.pid"),
        another + "\n/data\n0\n1\n\n127.0.0.1\n0 0\nready\n");

    try (EmbeddedPostgres postgres = Postgres.start(home)) {
      assertThat(postgres.pid()).isNotEqualTo(another);
    }
  }

  @Test
  void refusesASecondProcessOnTheSameData() throws IOException {
    HolderProcess holder = HolderProcess.start(home);
    try {
      assertThatThrownBy(() -> Postgres.start(home))
          .isInstanceOf(StartupFailure.class)
          .hasMessage(
              "HeyBlue is already running on this data (process %d).", holder.process().pid());
    } finally {
      holder.process().destroyForcibly();
    }
  }

  @Test
  void refusesASecondStartInTheSameProcess() {
    try (EmbeddedPostgres first = Postgres.start(home)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> Postgres.start(home))
            .hasMessage(
                "HeyBlue is already running on this data (process %d).",
                ProcessHandle.current().pid());
      }
      assertThat(first.isAnswering()).isTrue();
    }
    Postgres.start(home).close();
  }

  @Test
  void takesAnotherPortWhenItsOwnWasTaken() throws IOException {
    int port;
    try (EmbeddedPostgres first = Postgres.start(home)) {
      port = first.port();
    }
    try (ServerSocket other =
            new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        EmbeddedPostgres second = Postgres.start(home)) {
      assertThat(second.port()).isNotEqualTo(other.getLocalPort());
    }
  }

  @Test
  void removesWhatAnInterruptedFirstStartLeft() throws IOException {
    Path half = home.resolve("postgres/.new-123/base");
    Files.createDirectories(half.getParent());
    Files.move(home.resolve("postgres/data"), half);

    Postgres.start(home).close();

    assertThat(half.getParent()).doesNotExist();
  }

  @Test
  void saysThatDataOfAnotherMajorVersionAreNotForIt() throws IOException {
    Files.writeString(home.resolve("postgres/data/PG_VERSION"), "17\n");

    assertThatThrownBy(() -> Postgres.start(home))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining(
            "were written by PostgreSQL 17, and this HeyBlue brings PostgreSQL 18");
  }

  @Test
  void saysWhatTheServerSaidWhenItCannotStart() throws IOException {
    Files.writeString(home.resolve("postgres/data/postgresql.conf"), "no_such_setting = 1\n");

    assertThatThrownBy(() -> Postgres.start(home))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("configuration file")
        .hasMessageContaining("contains errors");
  }

  private static void write(EmbeddedPostgres postgres) {
    Postgres.database(postgres)
        .useTransaction(
            tx -> {
              tx.execute("create table fact (n int)");
              tx.execute("insert into fact values (1)");
            });
  }

  private static int rows(EmbeddedPostgres postgres) {
    return Postgres.database(postgres)
        .read(tx -> tx.createQuery("select count(*) from fact").mapTo(Integer.class).one());
  }

  private static int kept(EmbeddedPostgres postgres) {
    return Postgres.database(postgres)
        .read(tx -> tx.createQuery("select count(*) from kept").mapTo(Integer.class).one());
  }

  private static String show(Database database, String setting) {
    return database.read(
        tx ->
            tx.createQuery("select current_setting(:setting)")
                .bind("setting", setting)
                .mapTo(String.class)
                .one());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
