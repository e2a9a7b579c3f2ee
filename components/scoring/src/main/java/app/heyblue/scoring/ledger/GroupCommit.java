package app.heyblue.scoring.ledger;

import app.heyblue.kernel.CommonProblems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests that wait at the same time share one transaction, so that they wait for one commit.
 *
 * <p>Nothing is delayed to make groups: who finds nobody at work begins at once; who comes
 * meanwhile waits, and when the group at work has committed, the first of those who wait leads all
 * of them.
 */
final class GroupCommit<Q, A> {
  /** The most requests in one group: what a group locks, others wait for. */
  static final int MOST = 256;

  private final Work<Q, A> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Waiting<Q, A>> waiting = new ArrayDeque<>();
  private boolean busy;

  GroupCommit(Work<Q, A> work) {
    this.work = work;
  }

  /** Does what a group asks for. */
  @FunctionalInterface
  interface Work<Q, A> {
    /** One outcome for each request, in their order, all of them committed. */
    List<Outcome<A>> run(List<Q> requests);
  }

  /** What became of a request. */
  sealed interface Outcome<A> {
    /** It's done and committed. */
    record Done<A>(A answer) implements Outcome<A> {}

    /** It's refused, or failed; nothing of it is committed, as far as this process knows. */
    record Refused<A>(RuntimeException reason) implements Outcome<A> {}

    default A get() {
      return switch (this) {
        case Done<A>(A answer) -> answer;
        case Refused<A>(RuntimeException reason) -> throw reason;
      };
    }
  }

  /**
   * A request in the queue.
   *
   * @param signal its outcome; empty where it shall lead the next group
   */
  private record Waiting<Q, A>(Q request, CompletableFuture<Optional<Outcome<A>>> signal) {}

  /** Has the request done, together with others, and returns its answer or throws its refusal. */
  A submit(Q request) {
    Waiting<Q, A> mine = new Waiting<>(request, new CompletableFuture<>());
    boolean lead;
    lock.lock();
    try {
      waiting.add(mine);
      lead = !busy;
      busy = true;
    } finally {
      lock.unlock();
    }
    Optional<Outcome<A>> outcome = lead ? Optional.empty() : mine.signal().join();
    return outcome.orElseGet(this::lead).get();
  }

  /** Does the work of all who wait and returns the first one's outcome, who is the caller. */
  private Outcome<A> lead() {
    List<Waiting<Q, A>> group = new ArrayList<>();
    List<Outcome<A>> outcomes = List.of();
    try {
      take(group);
      outcomes = work.run(group.stream().map(Waiting::request).toList());
    } finally {
      handOver();
      for (int i = 1; i < group.size(); i++) {
        Outcome<A> outcome = i < outcomes.size() ? outcomes.get(i) : abandoned();
        group.get(i).signal().complete(Optional.of(outcome));
      }
    }
    return outcomes.getFirst();
  }

  private void take(List<Waiting<Q, A>> group) {
    lock.lock();
    try {
      while (group.size() < MOST && !waiting.isEmpty()) {
        group.add(waiting.remove());
      }
    } finally {
      lock.unlock();
    }
  }

  private void handOver() {
    lock.lock();
    try {
      Waiting<Q, A> leader = waiting.peek();
      busy = leader != null;
      if (leader != null) {
        leader.signal().complete(Optional.empty());
      }
    } finally {
      lock.unlock();
    }
  }

  private static <A> Outcome<A> abandoned() {
    return new Outcome.Refused<>(
        CommonProblems.UNAVAILABLE.raise(
            "What this was recorded together with failed. Repeat it with the same key."));
  }
}
