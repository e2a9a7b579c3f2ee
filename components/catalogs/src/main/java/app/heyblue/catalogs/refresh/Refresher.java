package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.CatalogRefreshes;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.bmf.RowFingerprint;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.search.CharityIndex;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Starts refreshes, each on a thread of its own, and clears up behind those that a crash cut short.
 * Who refreshes holds a lock of its connection, which ends with the process; what claims to run
 * while the lock is free does not run any more.
 */
@ApplicationScoped
public class Refresher implements CatalogRefreshes {
  private static final Logger LOG = Logger.getLogger(Refresher.class);
  private static final Duration PATIENCE_ON_STOPPING = Duration.ofSeconds(10);
  private static final String ROW_KEY = "charity-row";

  private final Database database;
  private final HouseKeys keys;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;
  private final RefreshEnds ends;
  private final CharityIndex index;
  private final RefreshTable refreshes = new RefreshTable();
  private final Map<UUID, Thread> threads = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  public Refresher(
      Database database,
      HouseKeys keys,
      Audit audit,
      IdGenerator ids,
      Clock clock,
      CharityIndex index) {
    this.index = index;
    this.database = database;
    this.keys = keys;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
    this.ends = new RefreshEnds(audit, clock);
  }

  @Override
  public UUID refreshCharities(Path file, String source) {
    return start(file, source, () -> {});
  }

  /**
   * {@link #refreshCharities} of a file that isn't needed afterwards.
   *
   * @param afterwards run once the refresh has ended; not where it couldn't begin
   */
  public UUID start(Path file, String source, Runnable afterwards) {
    Handle connection = database.open();
    boolean begun = false;
    try {
      requireLock(connection);
      clearUp(connection, RefreshEnds.INTERRUPTED);
      RefreshTable.Running refresh = insert(connection, source);
      RefreshJob job = new RefreshJob(refresh, ends, index, () -> stopping);
      Thread thread =
          Thread.ofVirtual()
              .name("heyblue-catalog-refresh")
              .unstarted(() -> run(job, refresh, connection, file, afterwards));
      threads.put(refresh.id(), thread);
      thread.start();
      begun = true;
      return refresh.id();
    } finally {
      if (!begun) {
        release(connection);
      }
    }
  }

  @Override
  public RefreshStatus status(UUID refresh) {
    return database
        .read(tx -> refreshes.find(tx, refresh))
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no refresh with this id."));
  }

  @Override
  public RefreshStatus refreshCharitiesNow(Path file, String source) {
    UUID refresh = refreshCharities(file, source);
    try {
      return await(refresh);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the refresh " + refresh + " goes on", e);
    }
  }

  /** Waits until a refresh of this process has ended. */
  RefreshStatus await(UUID refresh) throws InterruptedException {
    Thread thread = threads.get(refresh);
    if (thread != null) {
      thread.join();
    }
    return status(refresh);
  }

  /** Refuses what a crash cut short, unless another process is at it. */
  void start(@Observes @Priority(500) StartupEvent event) {
    recover(RefreshEnds.INTERRUPTED);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    for (Thread thread : threads.values()) {
      thread.join(PATIENCE_ON_STOPPING);
    }
  }

  void recover(String reason) {
    Handle connection = database.open();
    try {
      if (refreshes.tryLock(connection)) {
        clearUp(connection, reason);
      }
    } finally {
      release(connection);
    }
  }

  private void run(
      RefreshJob job,
      RefreshTable.Running refresh,
      Handle connection,
      Path file,
      Runnable afterwards) {
    boolean failed = true;
    try {
      job.run(connection, file, new RowFingerprint(keys.symmetric(ROW_KEY)));
      failed = false;
    } catch (RuntimeException e) {
      LOG.errorf(e, "The refresh %s failed", refresh.id());
    } finally {
      release(connection);
      if (failed) {
        recoverQuietly(refresh);
      }
      threads.remove(refresh.id());
      afterwards.run();
    }
  }

  /** Where the database itself is away, the next start or the next refresh clears up. */
  private void recoverQuietly(RefreshTable.Running refresh) {
    try {
      recover(
          "The refresh failed for a reason that the operator finds in the log. Nothing was"
              + " changed.");
    } catch (RuntimeException e) {
      LOG.errorf(e, "Nothing can be cleared up behind the refresh %s yet", refresh.id());
    }
  }

  private void requireLock(Handle connection) {
    if (stopping) {
      throw CommonProblems.UNAVAILABLE.raise("The server is stopping.");
    }
    if (!refreshes.lockOnceEnded(connection)) {
      throw CatalogProblems.REFRESH_RUNNING.raise(
          "The charities are being refreshed from another file. Wait until that has ended.");
    }
  }

  private void clearUp(Handle connection, String reason) {
    for (RefreshTable.Running left : refreshes.running(connection)) {
      ends.refuse(connection, left, reason);
      LOG.infof("The refresh %s was left unfinished and is refused", left.id());
    }
  }

  private RefreshTable.Running insert(Handle connection, String source) {
    return connection.inTransaction(
        tx -> {
          RefreshTable.Running refresh = refreshes.insert(tx, ids.next(), source, clock.instant());
          audit.record(
              tx, "refresh.started", refresh.id().toString(), Map.of("catalog", "charities"));
          return refresh;
        });
  }

  /** A lock of a connection outlives its return to the pool, so it's given back by name. */
  private void release(Handle connection) {
    try (connection) {
      refreshes.unlock(connection);
    } catch (RuntimeException e) {
      LOG.debug("The connection is gone, and its lock with it", e);
    }
  }
}
