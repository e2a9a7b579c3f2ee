package app.heyblue.simulator;

import app.heyblue.simulator.people.Api.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What is counted, by any thread. */
final class Counts {
  final AtomicInteger sockets = new AtomicInteger();
  final LongAdder positions = new LongAdder();
  final LongAdder alerts = new LongAdder();
  final LongAdder asked = new LongAdder();
  final LongAdder accepted = new LongAdder();
  final LongAdder confirmed = new LongAdder();
  final LongAdder points = new LongAdder();
  final LongAdder refused = new LongAdder();
  final Durations alert = new Durations();
  final Durations celebration = new Durations();
  final Durations acceptance = new Durations();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();

  /** The server said no: by its rules, or because something is wrong. */
  void refusal(Answer answer) {
    boolean rule =
        switch (answer.status()) {
          case 409, 422, 429 -> true;
          default -> false;
        };
    if (rule) {
      answer(answer.problem());
    } else if (answer.status() != 0) {
      error(answer.problem());
    }
  }

  void answer(String slug) {
    answers.computeIfAbsent(slug, any -> new LongAdder()).increment();
  }

  void error(String slug) {
    errors.computeIfAbsent(slug, any -> new LongAdder()).increment();
  }

  Standing standing(Duration time, double perSecond, boolean away) {
    return new Standing(
        time,
        sockets.get(),
        positions.sum(),
        perSecond,
        alerts.sum(),
        asked.sum(),
        accepted.sum(),
        confirmed.sum(),
        points.sum(),
        refused.sum(),
        sums(answers),
        sums(errors),
        away,
        alert.times(),
        celebration.times(),
        acceptance.times());
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> sums = new TreeMap<>();
    adders.forEach((slug, count) -> sums.put(slug, count.sum()));
    return sums;
  }
}
