package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.kernel.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Every refresh there ever was of the charities. */
public final class RefreshTable {
  private static final String LOCK = "catalogs.refresh/charities";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String COLUMNS =
      """
      select id, source, status, rows_read, added, changed, removed, rejected, reason, started_at,
        finished_at
      from catalogs.refresh
      """;

  /** A refresh that hasn't ended, and the generation that it writes. */
  public record Running(UUID id, long generation) {}

  /** How many charities a refresh added, changed and removed. */
  public record Counts(long added, long changed, long removed) {
    public static final Counts NONE = new Counts(0, 0, 0);
  }

  /**
   * Takes the right to refresh for this connection, until {@link #unlock} or until the connection
   * ends with its process. False where another has it.
   */
  public boolean tryLock(Handle connection) {
    return connection
        .createQuery("select pg_try_advisory_lock(hashtextextended(:lock, 0))")
        .bind("lock", LOCK)
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
    if (!running(connection).isEmpty()) {
      return false;
    }
    try {
      return connection.inTransaction(
          tx -> {
            tx.execute("set local lock_timeout = '5s'");
            tx.createQuery("select pg_advisory_lock(hashtextextended(:lock, 0)) is not null")
                .bind("lock", LOCK)
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

  public void unlock(Handle connection) {
    connection
        .createQuery("select pg_advisory_unlock(hashtextextended(:lock, 0))")
        .bind("lock", LOCK)
        .mapTo(Boolean.class)
        .one();
  }

  public Running insert(Handle tx, UUID id, String source, Instant now) {
    return tx.createQuery(
            """
            insert into catalogs.refresh (id, catalog, source, started_at)
            values (:id, 'charities', :source, :now) returning generation
            """)
        .bind("id", id)
        .bind("source", source)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> new Running(id, row.getLong(1)))
        .one();
  }

  public void progress(Handle tx, UUID id, long rowsRead, long rejected) {
    tx.createUpdate(
            "update catalogs.refresh set rows_read = :rows, rejected = :rejected where id = :id")
        .bind("id", id)
        .bind("rows", rowsRead)
        .bind("rejected", rejected)
        .execute();
  }

  /** Ends a refresh: applied where there is no reason, else refused. */
  public void end(Handle tx, UUID id, Counts counts, @Nullable String reason, Instant now) {
    tx.createUpdate(
            """
            update catalogs.refresh
            set status = case when :reason::text is null then 'applied' else 'refused' end,
              added = :added, changed = :changed, removed = :removed, reason = :reason,
              finished_at = :now
            where id = :id and status = 'running'
            """)
        .bind("id", id)
        .bind("added", counts.added())
        .bind("changed", counts.changed())
        .bind("removed", counts.removed())
        .bind("reason", reason)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Those that say they are running; who holds the lock knows whether they are. */
  public List<Running> running(Handle tx) {
    return tx.createQuery(
            """
            select id, generation from catalogs.refresh
            where catalog = 'charities' and status = 'running'
            """)
        .map((row, context) -> new Running(row.getObject(1, UUID.class), row.getLong(2)))
        .list();
  }

  public Optional<RefreshStatus> find(Handle tx, UUID id) {
    return tx.createQuery(COLUMNS + "where id = :id")
        .bind("id", id)
        .map((row, context) -> status(row))
        .findOne();
  }

  /** The newest first, one more than a page shows. */
  public List<RefreshStatus> list(Handle tx, PageRequest page) {
    return tx.createQuery(
            COLUMNS
                + """
                where catalog = 'charities' and (:before::uuid is null or id < :before)
                order by id desc limit :limit
                """)
        .bind("before", page.placeAsId().orElse(null))
        .bind("limit", page.limit() + 1)
        .map((row, context) -> status(row))
        .list();
  }

  private static RefreshStatus status(ResultSet row) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new RefreshStatus(
        row.getObject("id", UUID.class),
        row.getString("source"),
        RefreshStatus.State.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getLong("rows_read"),
        row.getLong("added"),
        row.getLong("changed"),
        row.getLong("removed"),
        row.getLong("rejected"),
        row.getString("reason"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant());
  }
}
