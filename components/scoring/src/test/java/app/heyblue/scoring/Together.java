package app.heyblue.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs things at once, as far as a machine can. */
final class Together {
  /** What became of each: the answers, and what was thrown. */
  record Outcome<T>(List<T> answers, List<Throwable> failures) {}

  private Together() {}

  static <T> Outcome<T> run(List<Callable<T>> actions) throws InterruptedException {
    List<T> answers = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    CyclicBarrier barrier = new CyclicBarrier(actions.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(actions.size())) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> action : actions) {
        futures.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return action.call();
                }));
      }
      for (Future<T> future : futures) {
        try {
          answers.add(future.get());
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        }
      }
    }
    return new Outcome<>(answers, failures);
  }

  static <T> Outcome<T> run(int times, Callable<T> action) throws InterruptedException {
    List<Callable<T>> actions = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      actions.add(action);
    }
    return run(actions);
  }
}
