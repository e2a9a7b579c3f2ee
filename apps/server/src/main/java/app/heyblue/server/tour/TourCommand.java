package app.heyblue.server.tour;

import app.heyblue.server.Installation;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Walks through the main job against the running server and tells each step. */
@Command(name = "tour", description = "Walks through the main job on the running server.")
public final class TourCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    walk(Installation.of(System.getenv()));
    return 0;
  }

  /** Walks through it on an installation that is running. */
  public static void walk(Installation installation) {
    long begin = System.nanoTime();
    Narrator narrator = new Narrator(installation.client(), System.out);
    new Tour(narrator).walk();
    narrator.note("");
    narrator.done(
        "That was the main job, from sign-up to reward, in %.1f s.",
        Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
  }
}
