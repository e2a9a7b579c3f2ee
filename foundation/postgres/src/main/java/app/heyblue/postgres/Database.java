package app.heyblue.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Transactions on the one database. A {@link Handle} is valid inside its work only; {@link
 * Handle#afterCommit} runs what must wait for the commit.
 */
public final class Database {
  private final Jdbi jdbi;
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  public Database(DataSource source) {
    this(source, () -> false);
  }

  /**
   * With a way to know that the database is silent. Who comes meanwhile is told so at once, instead
   * of waiting for a connection first and, one behind the other, once more wherever it's asked.
   */
  public Database(DataSource source, BooleanSupplier silent) {
    this.jdbi = Jdbi.create(() -> connection(source, silent)).installPlugin(new PostgresPlugin());
    // Messages of exceptions reach logs; what was bound may be a password's hash or a family's id.
    jdbi.configure(
        StatementExceptions.class,
        exceptions -> exceptions.setMessageRendering(StatementExceptions.MessageRendering.NONE));
  }

  private static Connection connection(DataSource source, BooleanSupplier silent)
      throws SQLException {
    if (silent.getAsBoolean()) {
      throw new SQLTransientConnectionException(
          "The database has said nothing for a while", "08006");
    }
    return source.getConnection();
  }

  /** Work that answers something and may throw what the caller handles. */
  @FunctionalInterface
  public interface Work<T extends @org.jspecify.annotations.Nullable Object, X extends Exception> {
    T run(Handle tx) throws X;
  }

  /** Work without an answer. */
  @FunctionalInterface
  public interface Action<X extends Exception> {
    void run(Handle tx) throws X;
  }

  /**
   * Runs the work in one transaction at READ COMMITTED: all of it or, if it throws, nothing. Called
   * by work that is itself in a transaction of the same thread, it takes part in that one.
   */
  public <T extends @org.jspecify.annotations.Nullable Object, X extends Exception> T inTransaction(
      Work<T, X> work) throws X {
    boolean outer = inside.get();
    inside.set(true);
    try {
      return jdbi.inTransaction(work::run);
    } finally {
      inside.set(outer);
    }
  }

  /** {@link #inTransaction} for work without an answer. */
  public <X extends Exception> void useTransaction(Action<X> action) throws X {
    inTransaction(
        tx -> {
          action.run(tx);
          return true;
        });
  }

  /**
   * For work that must have committed when it returns.
   *
   * @throws IllegalStateException inside a transaction of this thread, which it would take part in
   */
  public void requireNoTransaction() {
    if (inside.get()) {
      throw new IllegalStateException(
          "This commits by itself, so it can't be called inside a transaction.");
    }
  }

  /** Runs reads on a connection of the pool, each statement seeing the latest commits. */
  public <T extends @org.jspecify.annotations.Nullable Object, X extends Exception> T read(
      Work<T, X> work) throws X {
    return jdbi.withHandle(work::run);
  }

  /** Whether the database can be reached and answers within two seconds. */
  public boolean isAnswering() {
    try {
      return jdbi.withHandle(handle -> handle.getConnection().isValid(2));
    } catch (SQLException | JdbiException e) {
      return false;
    }
  }

  /** A connection of the caller's own, to close; for COPY, LISTEN and session locks. */
  public Handle open() {
    return jdbi.open();
  }
}
