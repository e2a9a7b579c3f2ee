package app.heyblue.catalogs.schedule;

import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.CatalogsConfig;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.ScheduleTable;
import app.heyblue.catalogs.refresh.Origin;
import app.heyblue.catalogs.refresh.Refresher;
import app.heyblue.catalogs.sources.Source;
import app.heyblue.catalogs.sources.Sources;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes the configured sources, one after the other, when their time has come. Of several
 * processes on one database, the holder of a lock does it. The time of the last run is kept once it
 * has ended, so a run that a crash cut short is made up for; sources that it had done by then have
 * nothing new.
 */
@ApplicationScoped
public class ScheduledRefreshes {
  private static final Logger LOG = Logger.getLogger(ScheduledRefreshes.class);

  /** How soon to look again where a source was busy, or another process at work. */
  private static final Duration SOON = Duration.ofMinutes(1);

  /** Clocks are set and processes come and go: a long wait is cut into such. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Refresher refresher;
  private final Database database;
  private final Clock clock;
  private final List<Source> sources;
  private final @Nullable Timetable timetable;
  private final ScheduleTable table = new ScheduleTable();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  public ScheduledRefreshes(
      Refresher refresher, Sources sources, CatalogsConfig config, Database database, Clock clock) {
    this.refresher = refresher;
    this.database = database;
    this.clock = clock;
    Optional<Set<String>> wanted = config.scheduledSources();
    this.sources =
        sources.all().stream()
            .filter(source -> wanted.isEmpty() || wanted.get().contains(source.name()))
            .toList();
    this.timetable = config.schedule().map(ScheduledRefreshes::timetable).orElse(null);
  }

  private static Timetable timetable(String setting) {
    try {
      return Timetable.parse(setting);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "heyblue.catalogs.schedule can't be read: " + e.getMessage(), e);
    }
  }

  /** When this source is refreshed next; empty where no schedule does. */
  public Optional<Instant> next(Source source) {
    return timetable == null || !sources.contains(source)
        ? Optional.empty()
        : database.read(table::lastRun).flatMap(timetable::after);
  }

  /** After the rooms have started. */
  void start(@Observes @Priority(1_500) StartupEvent event) {
    if (timetable == null || sources.isEmpty()) {
      return;
    }
    // The first run comes a period after the first start, not at it.
    database.useTransaction(tx -> table.begin(tx, clock.instant()));
    thread = Thread.ofVirtual().name("heyblue-catalog-schedule").start(this::loop);
  }

  void stop(@Observes @Priority(200) ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(Duration.ofSeconds(10));
    }
  }

  private void loop() {
    List<Source> left = new ArrayList<>();
    Duration wait = Duration.ZERO;
    while (!pause(wait)) {
      try {
        wait = turn(left);
      } catch (RuntimeException e) {
        LOG.error("The scheduled refresh failed; it's tried again in a minute", e);
        wait = SOON;
      }
    }
  }

  private boolean pause(Duration time) {
    try {
      return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Refreshes what is due.
   *
   * @param left what an earlier turn of the same run couldn't do, and then what this one couldn't
   * @return how long to wait for the next turn
   */
  private Duration turn(List<Source> left) {
    Optional<Instant> next = due();
    if (next.isEmpty()) {
      return LONGEST_WAIT;
    }
    Duration until = Duration.between(clock.instant(), next.get());
    if (until.isPositive()) {
      left.clear();
      return until.compareTo(LONGEST_WAIT) < 0 ? until.plusMillis(1) : LONGEST_WAIT;
    }
    try (Handle connection = database.open()) {
      if (!table.tryLock(connection)) {
        return SOON;
      }
      try {
        return run(connection, left) ? Duration.ZERO : SOON;
      } finally {
        table.unlock(connection);
      }
    }
  }

  private Optional<Instant> due() {
    Timetable known = timetable;
    return known == null ? Optional.empty() : database.read(table::lastRun).flatMap(known::after);
  }

  /** True where the run is over. */
  private boolean run(Handle connection, List<Source> left) {
    // Another process may have been faster between the look and the lock.
    if (due().filter(next -> next.isAfter(clock.instant())).isPresent()) {
      return true;
    }
    Instant begun = clock.instant();
    List<Source> todo = left.isEmpty() ? sources : List.copyOf(left);
    left.clear();
    for (Source source : todo) {
      if (stopping.getCount() == 0) {
        return false;
      }
      if (!refresh(source)) {
        left.add(source);
      }
    }
    if (left.isEmpty()) {
      connection.useTransaction(tx -> table.ran(tx, begun));
    }
    return left.isEmpty();
  }

  /** False where the catalog was busy. */
  private boolean refresh(Source source) {
    try {
      RefreshStatus ended =
          refresher.await(
              source.catalog(),
              refresher.start(source.catalog(), new Origin.OfSource(source, true)));
      LOG.infof(
          "Scheduled refresh from %s: %s. %,d added, %,d changed, %,d removed. %s",
          source,
          ended.status(),
          ended.added(),
          ended.changed(),
          ended.removed(),
          ended.reason() == null ? "" : ended.reason());
      return true;
    } catch (ProblemException busy) {
      // Unavailable is a server that stops; the run is made up for.
      if (busy.type().equals(CatalogProblems.REFRESH_RUNNING)
          || busy.type().equals(CommonProblems.UNAVAILABLE)) {
        return false;
      }
      throw busy;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
