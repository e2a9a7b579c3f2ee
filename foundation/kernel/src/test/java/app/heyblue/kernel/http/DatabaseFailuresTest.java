package app.heyblue.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures of the database are answered by 503, and which are ours. */
class DatabaseFailuresTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "08006,An I/O error occurred while sending to the backend.",
        "08003,This connection has been closed.",
        "53100,could not extend file: No space left on device",
        "57P03,the database system is starting up",
        "40P01,deadlock detected",
        "55000,This statement has been closed.",
        "none,'Sorry, acquisition timeout!'",
        "none,Connection is closed",
      })
  void passWhereTheDatabaseOrAConnectionIsAway(String state, String message) {
    SQLException failure = new SQLException(message, state);
    assertThat(DatabaseFailures.isPassing(new IllegalStateException(failure))).isTrue();
  }

  @Test
  void passWhereTheDriverIsInterruptedInConnecting() {
    SQLException failure =
        new SQLException(
            "Something unusual has occurred",
            "99999",
            new IllegalStateException("Interrupted while attempting to connect."));
    assertThat(DatabaseFailures.isPassing(failure)).isTrue();
  }

  @Test
  void areOursWhereAStatementIsWrong() {
    assertThat(DatabaseFailures.isPassing(new SQLException("syntax error", "42601"))).isFalse();
    assertThat(DatabaseFailures.isPassing(new SQLException("not null", "23502"))).isFalse();
    assertThat(DatabaseFailures.isPassing(new SQLException("lastval is not set", "55000")))
        .isFalse();
    assertThat(DatabaseFailures.isPassing(new IllegalStateException())).isFalse();
  }
}
