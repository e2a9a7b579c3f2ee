package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.CatalogRefreshes;
import app.heyblue.catalogs.CatalogsConfig;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.bmf.RowFingerprint;
import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.families.CaseNumbers;
import app.heyblue.catalogs.families.FamiliesFormat;
import app.heyblue.catalogs.postgres.GenerationHistory;
import app.heyblue.catalogs.postgres.RefreshLock;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.VersionedTable;
import app.heyblue.catalogs.postgres.Versions;
import app.heyblue.catalogs.pub78.Pub78Format;
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
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Starts refreshes and undoes them, each on a thread of its own, and clears up behind those that a
 * crash cut short. Who refreshes holds a lock of its connection, which ends with the process; what
 * claims to run while the lock is free does not run any more.
 */
@ApplicationScoped
public class Refresher implements CatalogRefreshes {
  private static final Logger LOG = Logger.getLogger(Refresher.class);
  private static final Duration PATIENCE_ON_STOPPING = Duration.ofSeconds(10);
  private static final String ROW_KEY = "charity-row";

  private final Database database;
  private final HouseKeys keys;
  private final Audit audit;
  private final Listings listings;
  private final Intake intake;
  private final CatalogsConfig config;
  private final IdGenerator ids;
  private final Clock clock;
  private final CharityIndex index;
  private final RefreshTable refreshes = new RefreshTable();
  private final GenerationHistory history = new GenerationHistory();
  private final Map<UUID, Thread> threads = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  Duration betweenRecoveries = Duration.ofMinutes(1);

  public Refresher(
      Database database,
      HouseKeys keys,
      Audit audit,
      Listings listings,
      Intake intake,
      CatalogsConfig config,
      IdGenerator ids,
      Clock clock,
      CharityIndex index) {
    this.index = index;
    this.database = database;
    this.keys = keys;
    this.audit = audit;
    this.listings = listings;
    this.intake = intake;
    this.config = config;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public UUID refreshCharities(Path file, String source) {
    return start(CatalogName.CHARITIES, new Origin.OfFile(file, source, false));
  }

  /**
   * Begins a refresh; it goes on in the background.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code refresh-running}) while another is under
   *     way; a spooled file is left where it is then
   */
  public UUID start(CatalogName catalog, Origin origin) {
    return begin(
        catalog,
        connection ->
            connection.inTransaction(
                tx -> {
                  RefreshTable.Running refresh =
                      refreshes.insert(
                          tx,
                          ids.next(),
                          catalog,
                          origin.name(),
                          origin instanceof Origin.OfSource,
                          clock.instant());
                  recordStart(tx, refresh, Map.of());
                  return refresh;
                }),
        refresh -> connection -> refresh(connection, refresh, origin));
  }

  /**
   * Begins to undo a refresh; it goes on in the background, as a refresh of its own.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code refresh-running}, {@code
   *     not-undoable} where another has to be undone first or this can't be any more)
   */
  public UUID undo(CatalogName catalog, UUID undone) {
    status(catalog, undone);
    return begin(
        catalog,
        connection ->
            connection.inTransaction(
                tx -> {
                  RefreshStatus target = Undoable.require(tx, refreshes, history, catalog, undone);
                  RefreshTable.Running refresh =
                      refreshes.insertUndo(
                          tx,
                          ids.next(),
                          Undoable.formatOf(target),
                          target.source(),
                          undone,
                          clock.instant());
                  recordStart(tx, refresh, Map.of("undoes", undone.toString()));
                  return refresh;
                }),
        refresh ->
            connection ->
                new UndoJob(
                        refresh,
                        Versions.of(Undoable.formatOf(refresh)),
                        ends(null),
                        this::isStopping)
                    .run(connection, history.generationOf(connection, undone)));
  }

  private UUID begin(
      CatalogName catalog,
      Function<Handle, RefreshTable.Running> insert,
      Function<RefreshTable.Running, Consumer<Handle>> work) {
    RefreshLock lock = new RefreshLock(catalog);
    Handle connection = database.open();
    boolean begun = false;
    try {
      requireLock(lock, connection, catalog);
      clearUp(connection, catalog, RefreshEnds.INTERRUPTED);
      RefreshTable.Running refresh = insert.apply(connection);
      Consumer<Handle> job = work.apply(refresh);
      Thread thread =
          Thread.ofVirtual()
              .name("heyblue-catalog-refresh")
              .unstarted(() -> run(job, refresh, lock, connection));
      threads.put(refresh.id(), thread);
      thread.start();
      begun = true;
      return refresh.id();
    } finally {
      if (!begun) {
        release(lock, connection);
      }
    }
  }

  @Override
  public RefreshStatus status(UUID refresh) {
    return status(CatalogName.CHARITIES, refresh);
  }

  /**
   * How a refresh stands.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found})
   */
  public RefreshStatus status(CatalogName catalog, UUID refresh) {
    return database
        .read(tx -> refreshes.find(tx, catalog, refresh))
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no refresh with this id."));
  }

  @Override
  public RefreshStatus refreshCharitiesNow(Path file, String source) {
    UUID refresh = refreshCharities(file, source);
    try {
      return await(CatalogName.CHARITIES, refresh);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the refresh " + refresh + " goes on", e);
    }
  }

  /** Waits until a refresh of this process has ended. */
  public RefreshStatus await(CatalogName catalog, UUID refresh) throws InterruptedException {
    Thread thread = threads.get(refresh);
    if (thread != null) {
      thread.join();
    }
    return status(catalog, refresh);
  }

  /**
   * Refuses what a crash cut short, unless another process is at it: that may be the dead process's
   * own connection, which the database hasn't missed yet, so it's tried until it succeeds.
   */
  void start(@Observes @Priority(500) StartupEvent event) {
    Set<CatalogName> left = EnumSet.allOf(CatalogName.class);
    left.removeIf(catalog -> recover(catalog, RefreshEnds.INTERRUPTED));
    if (!left.isEmpty()) {
      Thread.ofVirtual().name("heyblue-catalog-recovery").start(() -> recoverAll(left));
    }
  }

  private void recoverAll(Set<CatalogName> left) {
    while (!left.isEmpty() && !pause(betweenRecoveries)) {
      try {
        left.removeIf(catalog -> recover(catalog, RefreshEnds.INTERRUPTED));
      } catch (RuntimeException e) {
        LOG.error("What a crash cut short can't be cleared up yet", e);
      }
    }
  }

  /** Before the schedule and the index, which would begin or follow what is being ended. */
  void stop(@Observes @Priority(100) ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    for (Thread thread : threads.values()) {
      thread.join(PATIENCE_ON_STOPPING);
    }
  }

  /** False where another has the lock. */
  private boolean recover(CatalogName catalog, String reason) {
    RefreshLock lock = new RefreshLock(catalog);
    Handle connection = database.open();
    try {
      if (!lock.tryLock(connection)) {
        return false;
      }
      clearUp(connection, catalog, reason);
      return true;
    } finally {
      release(lock, connection);
    }
  }

  private void run(
      Consumer<Handle> job, RefreshTable.Running refresh, RefreshLock lock, Handle connection) {
    boolean failed = true;
    try {
      job.accept(connection);
      failed = false;
    } catch (RuntimeException e) {
      LOG.errorf(e, "The refresh %s failed", refresh.id());
    } finally {
      release(lock, connection);
      if (failed) {
        recoverQuietly(refresh);
      }
      threads.remove(refresh.id());
    }
  }

  private void refresh(Handle connection, RefreshTable.Running refresh, Origin origin) {
    try (Intake.Taken taken = intake.take(connection, refresh, origin, this::pause)) {
      if (taken.unchanged != null) {
        ends(taken.arrival).unchanged(connection, refresh, taken.unchanged);
        return;
      }
      read(connection, refresh, taken);
      if (taken.inspection != null) {
        history.prune(connection, taken.inspection.format(), config.generationsKept());
      }
    } catch (UnusableFile unusable) {
      ends(null).refuse(connection, refresh, unusable.reason());
    }
  }

  private void read(Handle connection, RefreshTable.Running begun, Intake.Taken taken) {
    Path file = java.util.Objects.requireNonNull(taken.file);
    Inspection inspection = java.util.Objects.requireNonNull(taken.inspection);
    CatalogFormat format = inspection.format();
    RefreshTable.Running refresh = begun.of(format);
    connection.useTransaction(tx -> refreshes.known(tx, refresh.id(), format, inspection.rows()));
    RefreshEnds ends = ends(taken.arrival);
    switch (format) {
      case EO_BMF ->
          new RefreshJob(refresh, ends, index, this::isStopping)
              .run(connection, file, new RowFingerprint(keys.symmetric(ROW_KEY)));
      case PUBLICATION_78 ->
          new ListJob(
                  refresh,
                  ends,
                  VersionedTable.PUBLICATION_78,
                  new Pub78Format(),
                  Plausibility.Nature.DEDUCTIBILITY,
                  this::isStopping)
              .run(connection, file);
      case FAMILIES_CSV ->
          new ListJob(
                  refresh,
                  ends,
                  VersionedTable.FAMILIES,
                  new FamiliesFormat(new CaseNumbers(keys)),
                  Plausibility.Nature.FAMILIES,
                  this::isStopping)
              .run(connection, file);
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean pause(Duration time) {
    try {
      return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private RefreshEnds ends(RefreshEnds.@org.jspecify.annotations.Nullable Arrival arrival) {
    return new RefreshEnds(audit, listings, clock, arrival);
  }

  /** Where the database itself is away, the next start or the next refresh clears up. */
  private void recoverQuietly(RefreshTable.Running refresh) {
    try {
      recover(
          refresh.catalog(),
          "The refresh failed for a reason that the operator finds in the log. Nothing was"
              + " changed.");
    } catch (RuntimeException e) {
      LOG.errorf(e, "Nothing can be cleared up behind the refresh %s yet", refresh.id());
    }
  }

  private void requireLock(RefreshLock lock, Handle connection, CatalogName catalog) {
    if (isStopping()) {
      throw CommonProblems.UNAVAILABLE.raise("The server is stopping.");
    }
    if (!lock.lockOnceEnded(connection)) {
      throw CatalogProblems.REFRESH_RUNNING.raise(
          "The %s are being refreshed from another file, or a refresh is being undone. Wait until that has ended."
              .formatted(catalog));
    }
  }

  private void clearUp(Handle connection, CatalogName catalog, String reason) {
    for (RefreshTable.Running left : refreshes.running(connection, catalog)) {
      ends(null).refuse(connection, left, reason);
      LOG.infof("The refresh %s was left unfinished and is refused", left.id());
    }
  }

  private void recordStart(Handle tx, RefreshTable.Running refresh, Map<String, String> more) {
    Map<String, String> details = new java.util.HashMap<>(more);
    details.put("catalog", refresh.catalog().toString());
    audit.record(tx, "refresh.started", refresh.id().toString(), details);
  }

  private static void release(RefreshLock lock, Handle connection) {
    try (connection) {
      lock.unlock(connection);
    } catch (RuntimeException e) {
      LOG.debug("The connection is gone, and its lock with it", e);
    }
  }
}
