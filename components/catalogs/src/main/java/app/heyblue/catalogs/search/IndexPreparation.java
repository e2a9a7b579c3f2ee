package app.heyblue.catalogs.search;

import app.heyblue.postgres.Database;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Indexes a generation while it's being written, on a thread of its own. Searches see it once it's
 * {@link #shown}; closed before that, nothing remains. Where it can't do its work it leaves it to
 * the index's own following, so that no refresh fails for the sake of its search.
 */
public final class IndexPreparation implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IndexPreparation.class);

  private final CharityIndex index;
  private final Database database;
  private final CatalogRows rows;
  private final long base;
  private final long next;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("heyblue-charity-indexing").factory());

  // Touched by that thread only.
  private @Nullable Filling filling;
  private boolean fromNothing;

  IndexPreparation(CharityIndex index, Database database, CatalogRows rows, long base, long next) {
    this.index = index;
    this.database = database;
    this.rows = rows;
    this.base = base;
    this.next = next;
    Future<?> _ = thread.submit(this::begin);
  }

  private interface Step {
    void with(Filling filling) throws IOException;
  }

  /** The EINs from one up to, but not with, another are written and committed. */
  public void written(String first, String end) {
    Future<?> _ =
        step(
            into -> {
              if (fromNothing) {
                database.useTransaction(tx -> rows.added(tx, next, first, end, into::add));
              } else {
                database.useTransaction(
                    tx -> rows.changes(tx, base, next, first, end, into::apply));
              }
            });
  }

  /** Returns once everything written is indexed. */
  public void await() {
    get(step(Filling::flush));
  }

  /** Readers see the generation from now on, and searches when this returns. */
  public void shown() {
    get(
        step(
            into -> {
              IndexFolder folder = index.folder();
              if (folder != null) {
                Stand visible = database.read(rows::visible);
                into.showIn(folder, visible);
                index.reached(visible.generation());
              }
            }));
  }

  /** Forgets what wasn't shown. */
  @Override
  public void close() {
    get(thread.submit(this::end));
    thread.close();
    index.wake();
  }

  private void begin() {
    index.writing().lock();
    IndexFolder folder = index.folder();
    try {
      if (folder != null && index.isAt(base)) {
        fromNothing = folder.search(searcher -> searcher.getIndexReader().numDocs()).orElse(1) == 0;
        filling = new Filling(folder.write(false));
      }
    } catch (IOException | RuntimeException e) {
      giveUp(e);
    }
  }

  private Future<?> step(Step step) {
    return thread.submit(
        () -> {
          Filling into = filling;
          if (into != null) {
            try {
              step.with(into);
            } catch (IOException | RuntimeException e) {
              giveUp(e);
            }
          }
        });
  }

  private void giveUp(Exception e) {
    LOG.warn("The search index is brought up to date after the refresh instead of during it", e);
    abandon();
  }

  private void end() {
    abandon();
    index.writing().unlock();
  }

  private void abandon() {
    Filling left = filling;
    filling = null;
    if (left != null) {
      try {
        left.close();
      } catch (IOException | RuntimeException e) {
        LOG.warn("What was indexed can't be taken back; the next start does that", e);
      }
    }
  }

  private static void get(Future<?> done) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
