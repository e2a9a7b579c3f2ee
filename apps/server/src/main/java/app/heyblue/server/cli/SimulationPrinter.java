package app.heyblue.server.cli;

import app.heyblue.simulator.Standing;
import app.heyblue.simulator.View;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A simulation on a terminal, in one line that is written over; elsewhere in a line at times. */
final class SimulationPrinter implements View, AutoCloseable {
  private static final String CLEAR = "\r\u001b[2K";
  private static final int SELDOM_SECONDS = 10;

  private final PrintStream out;
  private final boolean terminal;
  private @Nullable ProgressBar joining;
  private boolean dangling;

  SimulationPrinter(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void joined(int done, int all) {
    if (joining == null && terminal) {
      joining = Bars.of("People", all, "people", 1);
    }
    if (joining != null) {
      joining.stepTo(done);
    }
    if (done == all) {
      close();
      print("%d people are ready.".formatted(all));
    }
  }

  @Override
  public synchronized void stands(Standing standing) {
    if (terminal) {
      out.print(CLEAR + line(standing));
      out.flush();
      dangling = true;
    } else if (standing.time().toSeconds() % SELDOM_SECONDS == 0) {
      out.println(line(standing));
    }
  }

  @Override
  public synchronized void say(String sentence) {
    print(sentence);
  }

  /** The end. */
  synchronized void sum(Standing standing) {
    print("");
    out.printf(
        Locale.ROOT,
        "In %.0f s: %,d positions, %.1f a second.%n",
        standing.time().toMillis() / 1000.0,
        standing.positions(),
        standing.positionsPerSecond());
    out.printf(
        Locale.ROOT,
        "%d alerts, %d asked, %d accepted, %d refused, %d confirmed, %d points earned.%n",
        standing.alerts(),
        standing.asked(),
        standing.accepted(),
        standing.refused(),
        standing.confirmed(),
        standing.points());
    times("From the dwell's end to the alert", standing.alertMillis());
    times("From a request to its celebration", standing.celebrationMillis());
    times("From an acceptance to its celebration", standing.acceptanceMillis());
    if (!standing.answers().isEmpty()) {
      out.println("The server said no, as it should: " + text(standing.answers()) + ".");
    }
    out.println(
        standing.errors().isEmpty() ? "No errors." : "Errors: " + text(standing.errors()) + ".");
    if (standing.away()) {
      out.println("The server was away at the end.");
    }
  }

  private void times(String what, Standing.Times times) {
    if (times.count() > 0) {
      out.printf(
          Locale.ROOT,
          "%s: p50 %,.0f ms, p99 %,.0f ms of %d.%n",
          what,
          times.p50(),
          times.p99(),
          times.count());
    }
  }

  private void print(String sentence) {
    out.println(dangling ? CLEAR + sentence : sentence);
    dangling = false;
  }

  private static String line(Standing now) {
    return String.format(
        Locale.ROOT,
        "%d:%02d  %d sockets, %.1f positions/s, %d alerts, %d asked, %d accepted, %d confirmed,"
            + " %d points, %d refused%s%s",
        now.time().toMinutes(),
        now.time().toSecondsPart(),
        now.sockets(),
        now.positionsPerSecond(),
        now.alerts(),
        now.asked(),
        now.accepted(),
        now.confirmed(),
        now.points(),
        now.refused(),
        now.errors().isEmpty() ? "" : ", errors: " + text(now.errors()),
        now.away() ? ", the server is away" : "");
  }

  private static String text(Map<String, Long> bySlug) {
    return bySlug.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  @Override
  public synchronized void close() {
    if (joining != null) {
      joining.close();
      joining = null;
    }
  }
}
