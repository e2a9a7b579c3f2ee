package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogName;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The right to refresh a catalog: a lock of one connection, until {@link #unlock} or until the
 * connection ends with its process.
 */
public final class RefreshLock {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final String name;
  private final CatalogName catalog;
  private final RefreshTable refreshes = new RefreshTable();

  public RefreshLock(CatalogName catalog) {
    this.name = "catalogs.refresh/" + catalog;
    this.catalog = catalog;
  }

  /** Takes the right; false where another has it. */
  public boolean tryLock(Handle connection) {
    return connection
        .createQuery("select pg_try_advisory_lock(hashtextextended(:lock, 0))")
        .bind("lock", name)
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * {@link #tryLock}, waiting a moment where the one who has it has told its end already and is
   * only about to let go.
   */
  public boolean lockOnceEnded(Handle connection) {
    if (tryLock(connection)) {
      return true;
    }
    if (!refreshes.running(connection, catalog).isEmpty()) {
      return false;
    }
    try {
      return connection.inTransaction(
          tx -> {
            tx.execute("set local lock_timeout = '5s'");
            tx.createQuery("select pg_advisory_lock(hashtextextended(:lock, 0)) is not null")
                .bind("lock", name)
                .mapTo(Boolean.class)
                .one();
            return true;
          });
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException cause
          && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** A lock of a connection outlives its return to the pool, so it's given back by name. */
  public void unlock(Handle connection) {
    connection
        .createQuery("select pg_advisory_unlock(hashtextextended(:lock, 0))")
        .bind("lock", name)
        .mapTo(Boolean.class)
        .one();
  }
}
