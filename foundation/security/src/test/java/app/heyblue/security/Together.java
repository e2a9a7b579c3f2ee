package app.heyblue.security;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs works at the same moment. */
public final class Together {
  private Together() {}

  public static <T> List<Future<T>> run(List<Callable<T>> works) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(works.size());
    List<Callable<T>> waiting = new ArrayList<>();
    for (Callable<T> work : works) {
      waiting.add(
          () -> {
            start.await();
            return work.call();
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(waiting);
    }
  }
}
