package app.heyblue.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.postgres.Database;
import org.junit.jupiter.api.Test;

class TestDatabaseIT {
  @Test
  void eachDatabaseIsMigratedAndFresh() {
    Database first = TestDatabase.create("example", "absent");
    Database second = TestDatabase.create("example", "absent");

    first.useTransaction(tx -> tx.execute("insert into example.thing values ('a')"));

    assertThat(count(first)).isEqualTo(1);
    assertThat(count(second)).isZero();
  }

  @Test
  void aKilledServerLosesNothingThatWasCommitted() {
    Database database = TestDatabase.create("example");
    database.useTransaction(tx -> tx.execute("insert into example.thing values ('a')"));

    TestDatabase.killServer();

    while (!database.isAnswering()) {
      Thread.onSpinWait();
    }
    assertThat(count(database)).isEqualTo(1);
  }

  private static int count(Database database) {
    return database.read(
        tx -> tx.createQuery("select count(*) from example.thing").mapTo(Integer.class).one());
  }
}
