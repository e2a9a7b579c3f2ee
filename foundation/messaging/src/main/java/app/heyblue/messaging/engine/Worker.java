package app.heyblue.messaging.engine;

import app.heyblue.messaging.signals.Signal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes turn after turn: at once while there is more to do, else when signalled, and
 * now and then to catch what no signal told. A turn that fails is repeated after a pause that
 * grows. It's no virtual one: it lives as long as the server and waits for the database most of the
 * time, which costs a virtual thread two switches more each time.
 */
public final class Worker {
  /** One step of the work. */
  @FunctionalInterface
  public interface Turn {
    /** Returns whether there may be more to do right now. */
    boolean run() throws Exception;
  }

  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Signal signal;
  private final Duration idle;
  private final Troubles troubles;
  private final Turn turn;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param idle how long it waits for a signal before it looks by itself
   */
  public Worker(String name, Signal signal, Duration idle, Troubles troubles, Turn turn) {
    this.name = name;
    this.signal = signal;
    this.idle = idle;
    this.troubles = troubles;
    this.turn = turn;
  }

  public void start() {
    thread = Thread.ofPlatform().daemon().name("heyblue-" + name).start(this::loop);
  }

  /** Asks it to stop after its present turn. */
  public void stop() {
    stopping.countDown();
    signal.raise();
  }

  /** Waits for its end; interrupts a turn that takes too long. */
  public void join() throws InterruptedException {
    Thread running = thread;
    if (running != null && !running.join(PATIENCE)) {
      LOG.warnf("%s is interrupted: it didn't finish in %d s", name, PATIENCE.toSeconds());
      running.interrupt();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // a worker outlives whatever a turn throws
  private void loop() {
    Duration pause = FIRST_PAUSE;
    try {
      while (stopping.getCount() > 0) {
        try {
          boolean more = turn.run();
          troubles.over(name);
          pause = FIRST_PAUSE;
          if (!more && stopping.getCount() > 0) {
            signal.await(idle);
          }
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
          if (e instanceof InterruptedException interrupted) {
            throw interrupted;
          }
          if (stopping.getCount() == 0) {
            return;
          }
          troubles.met(name, e);
          if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
          }
          pause = pause.multipliedBy(2);
          if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
