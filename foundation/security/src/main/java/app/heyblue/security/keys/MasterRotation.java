package app.heyblue.security.keys;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Another master key without downtime: it comes into use, all is rewrapped, the old one goes. */
@ApplicationScoped
public class MasterRotation {
  private static final Logger LOG = Logger.getLogger(MasterRotation.class);
  // A rotation that another process began, or that a killed one left half done.
  private static final long LOOK_SECONDS = 60;
  // Rows that others held are tried again.
  private static final long PAUSE_SECONDS = 1;
  private final Database database;
  private final MasterKey master;
  private final Rewrapping rewrapping;
  private final Audit audit;
  private final BlockingQueue<Boolean> wanted = new ArrayBlockingQueue<>(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;

  public MasterRotation(Database database, MasterKey master, Rewrapping rewrapping, Audit audit) {
    this.database = database;
    this.master = master;
    this.rewrapping = rewrapping;
    this.audit = audit;
  }

  /**
   * How far a rotation is.
   *
   * @param inUse the id of the key that wraps from now on
   * @param inFile the ids of the keys in this machine's file, newest first
   * @param wrapped how many keys each master key wraps; an empty id stands for the first one of old
   * @param unreadable how many of the others couldn't be opened when all were last gone through
   * @param complete whether the key in use wraps everything
   */
  public record State(
      String inUse,
      List<String> inFile,
      Map<String, Long> wrapped,
      long unreadable,
      boolean complete) {}

  public State state() {
    return database.read(
        tx -> {
          boolean complete = Rewrapping.isComplete(tx);
          return new State(
              Wrappings.inUse(tx).orElse(""),
              master.idsInFile(),
              Wrappings.counts(tx),
              complete ? 0 : rewrapping.unreadable(),
              complete);
        });
  }

  /**
   * Puts another key into use, unless the last rotation is still under way. Keys that can't be
   * opened don't hold it up; the one that wraps them stays in the file.
   */
  public State rotate() {
    database.useTransaction(
        tx -> {
          MasterKey.lock(tx);
          if (isOver(tx)) {
            MasterKey.Change change = master.change(tx);
            audit.record(
                tx, "masterKey.rotated", change.after(), Map.of("before", change.before()));
          }
        });
    wanted.offer(true);
    return state();
  }

  private boolean isOver(Handle tx) {
    if (Rewrapping.isComplete(tx)) {
      return true;
    }
    Map<String, Long> older = Wrappings.counts(tx);
    Wrappings.inUse(tx).ifPresent(older::remove);
    return older.values().stream().mapToLong(Long::longValue).sum() <= rewrapping.unreadable();
  }

  /**
   * Removes the keys from the file that wrap nothing any more, after every key was opened with the
   * one in use.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code conflict}) while they wrap something
   */
  public State dropOld() {
    database.useTransaction(MasterRotation::requireComplete);
    rewrapping.verify();
    database.useTransaction(
        tx -> {
          MasterKey.lock(tx);
          requireComplete(tx);
          for (String id : master.dropOthers(tx)) {
            audit.record(tx, "masterKey.dropped", id, Map.of());
          }
        });
    return state();
  }

  void start(@Observes @Priority(500) StartupEvent event) {
    thread = Thread.ofVirtual().name("heyblue-rewrapping").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    wanted.offer(true);
    if (thread != null) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void run() {
    try {
      do {
        if (attempt()) {
          wanted.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        }
      } while (!stop.await(PAUSE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers whether there is nothing to do until the next look. */
  boolean attempt() {
    try {
      if (rewrapping.isComplete()) {
        return true;
      }
      if (rewrapping.passOn()) {
        return false;
      }
      if (rewrapping.isComplete()) {
        LOG.info("All keys are wrapped by the master key in use.");
      }
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the keys will be rewrapped later", e);
      return true;
    }
  }

  private static void requireComplete(Handle tx) {
    if (!Rewrapping.isComplete(tx)) {
      throw CommonProblems.CONFLICT.raise(
          "Keys are still wrapped by an older master key. Wait until the rewrapping is complete.");
    }
  }
}
