package app.heyblue.kernel.http;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Tells failures of the database that pass from those that are our mistake. */
final class DatabaseFailures {
  private DatabaseFailures() {}

  /**
   * Whether repeating the request later makes sense: a lost connection (SQLSTATE class 08), no
   * resources (53), a shutdown or start-up (57P), a deadlock or serialization failure (40), no
   * connection to be had from the pool, or one that was cut in the middle of the work.
   */
  static boolean isPassing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException
          || cause instanceof SQLException sql && isPassing(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPassing(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    String message = String.valueOf(failure.getMessage());
    if (state == null) { // the pool's own
      return message.contains("cquisition timeout") || message.contains("is closed");
    }
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("40")
        || state.equals("25P03") // idle in a transaction for too long
        || state.equals("55000") && message.contains("closed") // a statement whose connection is
        || state.equals("99999") // the driver's, where the pool waits no longer for a new one
            && String.valueOf(failure.getCause()).contains("attempting to connect");
  }
}
