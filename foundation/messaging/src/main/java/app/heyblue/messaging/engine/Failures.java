package app.heyblue.messaging.engine;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells what a failure says about: the database, bad luck, or the event. */
final class Failures {
  private static final int LONGEST = 2_000;

  // Connection; no resources, such as disk or memory; shutting down or starting; cancelled by a
  // time limit; a lock not to be had; input and output; only reading.
  private static final List<String> AWAY =
      List.of("08", "53", "57P", "57014", "55P03", "58", "25006");

  private Failures() {}

  /** The database is away, or gives no connection: nothing is wrong with the event. */
  static boolean isDatabaseAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseAway
          || cause instanceof ConnectionException
          || cause instanceof SQLTransientConnectionException) {
        return true;
      }
      String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
      if (state != null && AWAY.stream().anyMatch(state::startsWith)) {
        return true;
      }
    }
    return false;
  }

  /** A deadlock or a serialisation failure: the same again may well pass. */
  static boolean isBadLuck(Throwable failure) {
    String state = sqlState(failure);
    return state != null && (state.equals("40P01") || state.equals("40001"));
  }

  /**
   * What was written can't be: it contradicts a constraint, or follows an error in its transaction.
   */
  static boolean isRefusal(Throwable failure) {
    String state = sqlState(failure);
    return state != null
        && (state.startsWith("23") || state.equals("P0001") || state.equals("25P02"));
  }

  /** The failure in words, short enough to keep and without what PostgreSQL can't store. */
  static String describe(Throwable failure) {
    String text = failure.toString().replace('\0', ' ');
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static @Nullable String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
