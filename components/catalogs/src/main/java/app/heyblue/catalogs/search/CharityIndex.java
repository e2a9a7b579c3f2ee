package app.heyblue.catalogs.search;

import app.heyblue.postgres.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.IndexReader;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this process's index at the generation that readers of the database see: a refresh of this
 * process prepares it while it writes, and whatever else moves the pointer is followed. An index
 * that is absent, damaged, or of another database is built anew from the table.
 */
@ApplicationScoped
public class CharityIndex {
  private static final Logger LOG = Logger.getLogger(CharityIndex.class);

  /** Another process may move the pointer, which nobody tells this one. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** Up to so many changes a search waits for; beyond, it's answered from the index before. */
  private static final int WAITED_FOR = 20_000;

  private static final Duration PATIENCE_OF_A_SEARCH = Duration.ofSeconds(3);
  private static final Duration PATIENCE_ON_STOPPING = Duration.ofSeconds(10);
  private static final int PROGRESS_EVERY = 250_000;

  private final Database database;
  private final Path path;
  private final CatalogRows rows = new CatalogRows();

  /** Held by whoever writes the index. */
  private final ReentrantLock writing = new ReentrantLock();

  private final ReentrantLock state = new ReentrantLock();
  private final Condition moved = state.newCondition();
  private final Condition asked = state.newCondition();
  private long generation = -1;
  private boolean takesLong;
  private boolean wanted;
  private volatile boolean stopping;
  private volatile @Nullable IndexFolder folder;
  private final AtomicReference<@Nullable Distrusted> distrusted = new AtomicReference<>();
  private @Nullable Thread follower;

  public CharityIndex(Database database, @ConfigProperty(name = "heyblue.home") Path home) {
    this.database = database;
    this.path = home.resolve("search").resolve("charities");
  }

  /** On a platform thread: building is work for the processor that would hold up all others. */
  public void start(@Observes @Priority(500) StartupEvent event) {
    follower = Thread.ofPlatform().daemon().name("heyblue-charity-index").start(this::follow);
  }

  public void stop(@Observes @Priority(300) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    wake();
    Thread thread = follower;
    if (thread != null) {
      thread.join(PATIENCE_ON_STOPPING);
    }
  }

  /** What can be searched, once it shows this generation or where that takes too long. */
  Optional<IndexFolder> at(long visible) {
    state.lock();
    try {
      long left = PATIENCE_OF_A_SEARCH.toNanos();
      while (generation < visible && !takesLong && left > 0 && !stopping) {
        wanted = true;
        asked.signalAll();
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state.unlock();
    }
    return Optional.ofNullable(folder);
  }

  /** Whether charities can be searched. */
  public boolean isReady() {
    return folder != null;
  }

  /**
   * Something was found to be wrong with the index while it was searched. It's the follower that
   * builds it anew; a question doesn't wait for it.
   *
   * @param failed what was searched; where that isn't shown any more, nothing happens
   */
  void distrust(IndexReader failed, IOException reason) {
    distrusted.set(new Distrusted(failed, reason));
    wake();
  }

  private record Distrusted(IndexReader reader, IOException reason) {}

  /**
   * Begins to index what a refresh of this process writes, before anybody sees it.
   *
   * @param base the generation that readers see
   */
  public IndexPreparation prepare(long base, long next) {
    return new IndexPreparation(this, database, rows, base, next);
  }

  /** Whether the index shows this generation, so that the next can be built upon it. */
  boolean isAt(long wantedGeneration) {
    state.lock();
    try {
      return generation == wantedGeneration;
    } finally {
      state.unlock();
    }
  }

  ReentrantLock writing() {
    return writing;
  }

  @Nullable IndexFolder folder() {
    return folder;
  }

  void wake() {
    state.lock();
    try {
      wanted = true;
      asked.signalAll();
    } finally {
      state.unlock();
    }
  }

  void reached(long now) {
    state.lock();
    try {
      generation = now;
      takesLong = false;
      moved.signalAll();
    } finally {
      state.unlock();
    }
  }

  private void follow() {
    while (!stopping) {
      try {
        // While a refresh prepares the index, there is nothing to follow.
        if (writing.tryLock(1, TimeUnit.SECONDS)) {
          try {
            catchUp();
          } finally {
            writing.unlock();
          }
          awaitQuestion();
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (!stopping) {
          LOG.warnf(e, "The search index can't follow the catalog yet");
          pause();
        }
      }
    }
    close();
  }

  private void awaitQuestion() throws InterruptedException {
    state.lock();
    try {
      long left = BETWEEN_LOOKS.toNanos();
      while (!wanted && !stopping && left > 0) {
        left = asked.awaitNanos(left);
      }
      wanted = false;
    } finally {
      state.unlock();
    }
  }

  /** After a failure, without asking the questions that wait. */
  private void pause() {
    state.lock();
    try {
      takesLong = true;
      moved.signalAll();
      long left = TimeUnit.SECONDS.toNanos(1);
      while (!stopping && left > 0) {
        left = asked.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state.unlock();
    }
  }

  private void catchUp() throws IOException {
    IndexFolder current = folder;
    if (current == null) {
      current = IndexFolder.open(path);
      folder = current;
    }
    Distrusted wrong = distrusted.getAndSet(null);
    if (wrong != null && current.shows(wrong.reader())) {
      LOG.warnf(wrong.reason(), "The search index can't be read and is built anew");
      reached(-1);
      current.empty();
    }
    Stand visible = database.read(rows::visible);
    Stand shown = current.stand().orElse(null);
    if (visible.equals(shown)) {
      reached(visible.generation());
      return;
    }
    if (shown != null && follows(shown, visible)) {
      bring(current, shown, visible);
    } else {
      // What is there is of another database, or of a month that this one hasn't had.
      current.empty();
      rebuild(current, visible);
    }
    reached(visible.generation());
  }

  private boolean follows(Stand shown, Stand visible) {
    return shown.generation() < visible.generation()
        && (shown.refresh() == null
            ? shown.generation() == 0
            : database.<Boolean, RuntimeException>read(tx -> rows.knows(tx, shown)));
  }

  private void bring(IndexFolder current, Stand from, Stand to) throws IOException {
    takesLongIf(
        database.<Boolean, RuntimeException>read(
            tx -> rows.differByMore(tx, from.generation(), to.generation(), WAITED_FOR)));
    Filling filling = new Filling(current.write(false));
    try {
      database.useTransaction(
          tx -> rows.changes(tx, from.generation(), to.generation(), "0", ":", filling::apply));
      filling.flush();
      filling.showIn(current, to);
    } finally {
      filling.close();
    }
  }

  private void rebuild(IndexFolder current, Stand visible) throws IOException {
    takesLongIf(
        database.<Boolean, RuntimeException>read(
            tx -> rows.differByMore(tx, -1, visible.generation(), WAITED_FOR)));
    Filling filling = new Filling(current.write(true));
    try {
      long begin = System.nanoTime();
      database.useTransaction(
          tx ->
              rows.all(
                  tx,
                  visible.generation(),
                  charity -> {
                    if (stopping) {
                      throw new IllegalStateException("the server is stopping");
                    }
                    filling.add(charity);
                    if (filling.count() % PROGRESS_EVERY == 0) {
                      LOG.infof("Building the search index: %,d charities", filling.count());
                    }
                  }));
      filling.flush();
      filling.showIn(current, visible);
      LOG.infof(
          "The search index of %,d charities is built (%.1f s)",
          filling.count(), Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    } finally {
      filling.close();
    }
  }

  private void takesLongIf(boolean many) {
    state.lock();
    try {
      takesLong = many;
      moved.signalAll();
    } finally {
      state.unlock();
    }
  }

  private void close() {
    try {
      IndexFolder current = folder;
      folder = null;
      if (current != null) {
        current.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
