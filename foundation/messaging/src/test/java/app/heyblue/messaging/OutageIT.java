package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class OutageIT {
  private static final String NAME = "test.listener";

  private final TestDatabase opened = TestDatabase.open("messaging");
  private final Town town = new Town(new Database(pool(opened.jdbcUrl())));

  @Test
  void goesOnByItselfWhenTheDatabaseIsBack() throws Exception {
    CountDownLatch inTheMiddle = new CountDownLatch(1);
    CountDownLatch away = new CountDownLatch(1);
    Listener listener =
        new Listener(NAME)
            .afterwards(
                event -> {
                  if (event.position() == 30) {
                    inTheMiddle.countDown();
                    await(away);
                  }
                });
    StreamEngine engine = town.engine();
    UUID last = new UUID(0, 0);
    for (int number = 1; number <= 50; number++) {
      last = town.tell(engine, "key" + number % 3, number);
    }
    try (engine) {
      engine.start(List.of(listener));
      inTheMiddle.await();
      allow(false);
      away.countDown();
      allow(true);
      UUID all = last;
      assertThat(Town.eventually(engine, () -> isTakenIn(engine, all))).isTrue();
      UUID later = town.tell(engine, "key", 51);
      assertThat(engine.streams().awaitTakenIn(NAME, later, Town.PATIENCE)).isTrue();
    }
    assertThat(town.heardBy(NAME)).hasSize(51);
    assertThat(town.number("select max(deliveries) from heard")).isOne();
    assertThat(town.number("select count(*) from messaging.parked")).isZero();
  }

  /** A pool that drops broken connections, as the server's does. */
  private static AgroalDataSource pool(String url) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(20)
                          .exceptionSorter(new PostgreSQLExceptionSorter())
                          .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isTakenIn(StreamEngine engine, UUID event) {
    try {
      return engine.streams().awaitTakenIn(NAME, event, Town.PATIENCE);
    } catch (JdbiException e) {
      return false; // one of the pool's broken connections
    }
  }

  /** Ends all connections and accepts none, or accepts them again. */
  private void allow(boolean connections) throws SQLException {
    String name = opened.jdbcUrl().replaceAll(".*/([a-z_0-9]+)\\?.*", "$1");
    try (Connection other = DriverManager.getConnection(opened.jdbcUrl().replace(name, "heyblue"));
        var statement = other.createStatement()) {
      statement.execute("alter database " + name + " allow_connections " + connections);
      if (!connections) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + name
                + "'");
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
