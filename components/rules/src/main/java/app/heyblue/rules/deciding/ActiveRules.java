package app.heyblue.rules.deciding;

import app.heyblue.kernel.Serving;
import app.heyblue.postgres.Database;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.RuleRef;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.expressions.InvalidExpression;
import app.heyblue.rules.postgres.RuleRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The active rules, compiled. They are looked at anew when half a second has passed, and at once
 * after a change in this process; an unchanged set costs one row to see.
 */
@ApplicationScoped
public class ActiveRules {
  /** How old what decides may be. */
  public static final Duration MAX_AGE = Duration.ofMillis(500);

  private static final Logger LOG = Logger.getLogger(ActiveRules.class);

  private final Database database;
  private final RuleRepository repository;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Snapshot latest;

  /** What one reads for all who wait, under the lock. */
  private @Nullable CompletableFuture<Snapshot> reading;

  private record Snapshot(
      long revision,
      Map<RuleKind, Decider> deciders,
      Map<RuleRef, CompiledRule> compiled,
      long seenAt) {}

  @Inject
  public ActiveRules(Database database, RuleRepository repository) {
    this(database, repository, System::nanoTime);
  }

  /** With a stopwatch of one's own, in nanoseconds. */
  public ActiveRules(Database database, RuleRepository repository, LongSupplier nanos) {
    this.database = database;
    this.repository = repository;
    this.nanos = nanos;
  }

  /** Compiles ahead, so that the first decision needn't wait for it. */
  void warmUp(@Observes Serving event) {
    Thread.ofVirtual().name("heyblue-rules-warm-up").start(this::warmUp);
  }

  private void warmUp() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.debug("The rules could not be read ahead; the first decision will try again", e);
    }
  }

  /** What decides about one kind now. */
  Decider decider(RuleKind kind) {
    Snapshot snapshot = fresh(latest);
    if (snapshot == null) {
      snapshot = refresh();
    }
    Decider decider = snapshot.deciders().get(kind);
    return decider != null ? decider : new Decider(kind, List.of());
  }

  /** Makes the next decision look at the database, after a change in this process. */
  public void changed() {
    lock.lock();
    try {
      reading = null; // what is being read now may have been read before the change
      Snapshot snapshot = latest;
      if (snapshot != null) {
        latest =
            new Snapshot(
                snapshot.revision(),
                snapshot.deciders(),
                snapshot.compiled(),
                nanos.getAsLong() - MAX_AGE.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Snapshot fresh(@Nullable Snapshot snapshot) {
    return snapshot != null && nanos.getAsLong() - snapshot.seenAt() < MAX_AGE.toNanos()
        ? snapshot
        : null;
  }

  /**
   * Looks at the database, once for all who want it at the same time: while it's away they'd else
   * find that out one after the other, each for as long as a connection is waited for.
   */
  private Snapshot refresh() {
    while (true) {
      CompletableFuture<Snapshot> mine = new CompletableFuture<>();
      CompletableFuture<Snapshot> others;
      lock.lock();
      try {
        Snapshot fresh = fresh(latest);
        if (fresh != null) {
          return fresh;
        }
        others = reading;
        if (others == null) {
          reading = mine;
        }
      } finally {
        lock.unlock();
      }
      if (others == null) {
        return read(mine);
      }
      Snapshot read = fresh(join(others));
      if (read != null) {
        return read;
      }
    }
  }

  private static Snapshot join(CompletableFuture<Snapshot> others) {
    try {
      return others.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Snapshot read(CompletableFuture<Snapshot> mine) {
    try {
      Snapshot known = latest;
      // Before the database is asked: what changes meanwhile is then seen in time.
      long now = nanos.getAsLong();
      Snapshot read = database.read(tx -> read(tx, known, now));
      finish(mine, read);
      mine.complete(read);
      return read;
    } catch (RuntimeException | Error e) {
      finish(mine, null);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** Ends a reading, unless a change has made it useless to others meanwhile. */
  private void finish(CompletableFuture<Snapshot> mine, @Nullable Snapshot read) {
    lock.lock();
    try {
      if (reading == mine) {
        reading = null;
        latest = read == null ? latest : read;
      }
    } finally {
      lock.unlock();
    }
  }

  private Snapshot read(Handle tx, @Nullable Snapshot known, long now) {
    // The number before the rules: a change in between is read now, and once more next time.
    long revision = repository.revision(tx);
    if (known != null && known.revision() == revision) {
      return new Snapshot(revision, known.deciders(), known.compiled(), now);
    }
    Map<RuleRef, CompiledRule> before = known == null ? Map.of() : known.compiled();
    Map<RuleRef, CompiledRule> compiled = new HashMap<>();
    Map<RuleKind, List<CompiledRule>> byKind = new EnumMap<>(RuleKind.class);
    for (Rule rule : repository.active(tx)) {
      CompiledRule ready = compiled(rule, before);
      if (ready != null) {
        compiled.put(rule.current().ref(), ready);
        byKind.computeIfAbsent(ready.content().kind(), kind -> new ArrayList<>()).add(ready);
      }
    }
    Map<RuleKind, Decider> deciders = new EnumMap<>(RuleKind.class);
    byKind.forEach(
        (kind, rules) -> {
          rules.sort(CompiledRule.ORDER);
          deciders.put(kind, new Decider(kind, rules));
        });
    return new Snapshot(revision, deciders, compiled, now);
  }

  private static @Nullable CompiledRule compiled(Rule rule, Map<RuleRef, CompiledRule> before) {
    CompiledRule ready = before.get(rule.current().ref());
    if (ready != null) {
      return ready;
    }
    try {
      return CompiledRule.of(rule.current());
    } catch (InvalidExpression e) {
      // Checked when it was saved, by an older release perhaps: the others must go on deciding.
      LOG.errorf("Rule %s (%s) can't be used: %s", rule.id(), rule.current(), e.getMessage());
      return null;
    }
  }
}
