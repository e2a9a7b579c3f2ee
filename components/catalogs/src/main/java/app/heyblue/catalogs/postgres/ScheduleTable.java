package app.heyblue.catalogs.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** When all sources were refreshed last, and the right to do so, of one process at a time. */
public final class ScheduleTable {
  private static final String LOCK = "catalogs.schedule";

  /** Empty before the first start with a schedule. */
  public Optional<Instant> lastRun(Handle tx) {
    return tx.createQuery("select last_run from catalogs.schedule")
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }

  /** From when to count the first time; nothing where that is known. */
  public void begin(Handle tx, Instant now) {
    tx.createUpdate(
            """
            insert into catalogs.schedule (name, last_run) values ('sources', :now)
            on conflict do nothing
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  public void ran(Handle tx, Instant begun) {
    tx.createUpdate("update catalogs.schedule set last_run = :begun")
        .bind("begun", begun.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Takes the right for this connection, until {@link #unlock} or its end. */
  public boolean tryLock(Handle connection) {
    return connection
        .createQuery("select pg_try_advisory_lock(hashtextextended(:lock, 0))")
        .bind("lock", LOCK)
        .mapTo(Boolean.class)
        .one();
  }

  public void unlock(Handle connection) {
    connection
        .createQuery("select pg_advisory_unlock(hashtextextended(:lock, 0))")
        .bind("lock", LOCK)
        .mapTo(Boolean.class)
        .one();
  }
}
