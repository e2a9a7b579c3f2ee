package app.heyblue.rules.simulation;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.postgres.Database;
import app.heyblue.rules.Counter;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.CompiledRule;
import app.heyblue.rules.deciding.Decider;
import app.heyblue.rules.domain.ContentCheck;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleInput;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.rules.expressions.InvalidExpression;
import app.heyblue.rules.postgres.HistoryTable;
import app.heyblue.rules.postgres.HistoryTable.Past;
import app.heyblue.rules.postgres.RuleRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries drafts out on history: every recorded decision of the draft's kind is made again by the
 * rules active now and the draft, with their limits, and compared with what was paid.
 */
@ApplicationScoped
public class Simulations {
  /** A day of any time zone, and the longest window, lie within it. */
  private static final Duration WINDOWS = Duration.ofHours(50);

  private static final int BATCH = 2_000;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private final Database database;
  private final RuleRepository rules;
  private final HistoryTable history;
  private final IdGenerator ids;
  private final Clock clock;
  // One at a time: it takes a core, and people are waiting for decisions.
  private final Semaphore running = new Semaphore(1);

  public Simulations(
      Database database, RuleRepository rules, HistoryTable history, IdGenerator ids, Clock clock) {
    this.database = database;
    this.rules = rules;
    this.history = history;
    this.ids = ids;
    this.clock = clock;
  }

  /** Something that can be tried out: a draft and the rules that it would stand among. */
  public record Trial(List<CompiledRule> rules, RuleKind kind, UUID draft, boolean kept) {}

  /** Hears how far a simulation is, now and then; false ends it. */
  @FunctionalInterface
  public interface Progress {
    boolean reached(long done, long of);
  }

  /**
   * A rule that is kept, in its current version, whatever its status.
   *
   * @throws ProblemException ({@code not-found}; {@code invalid-input} where its kind moves
   *     nothing)
   */
  public Trial trial(UUID rule) {
    Rule kept =
        database
            .read(tx -> rules.find(tx, rule))
            .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no rule with this id."));
    return trial(kept.current(), true, rule);
  }

  /**
   * A rule as somebody wrote it, kept nowhere.
   *
   * @param replaces the active rule whose place it would take
   * @throws ProblemException ({@code invalid-input}) as for a rule that is to be kept, with
   *     pointers below {@code /rule}
   */
  public Trial trial(RuleInput draft, @Nullable UUID replaces) {
    RuleContent content = checked(draft);
    return trial(new RuleVersion(ids.next(), 1, content, null, clock.instant()), false, replaces);
  }

  private static RuleContent checked(RuleInput draft) {
    try {
      return ContentCheck.check(draft);
    } catch (ProblemException problem) {
      throw new ProblemException(
          problem.type(),
          problem.detail(),
          problem.errors().stream()
              .map(error -> new InputError("/rule" + error.pointer(), error.detail()))
              .toList(),
          Map.of(),
          null);
    }
  }

  private Trial trial(RuleVersion draft, boolean kept, @Nullable UUID replaces) {
    RuleKind kind = draft.content().kind();
    if (kind == RuleKind.PROXIMITY) {
      throw ProblemException.invalid(
          "/rule", "Decisions of kind proximity aren't recorded, so there is nothing to try on.");
    }
    List<CompiledRule> all = new ArrayList<>();
    boolean replaced = kept || replaces == null;
    try {
      for (Rule rule : database.read(rules::active)) {
        if (rule.current().content().kind() != kind) {
          continue;
        }
        if (rule.id().equals(replaces)) {
          replaced = true;
        } else {
          all.add(CompiledRule.of(rule.current()));
        }
      }
      if (!replaced) {
        throw ProblemException.invalid(
            "/replaces", "No active rule of kind " + kind + " has this id.");
      }
      all.add(CompiledRule.of(draft));
    } catch (InvalidExpression e) {
      throw ProblemException.invalid("/rule", "A rule can't be used: " + e.getMessage());
    }
    all.sort(CompiledRule.ORDER);
    return new Trial(List.copyOf(all), kind, draft.ruleId(), kept);
  }

  /**
   * Makes the decisions of a span of time again.
   *
   * @param from inclusive
   * @param to exclusive
   * @return null where {@code progress} ended it
   * @throws ProblemException ({@code unavailable}) while another simulation runs
   */
  public @Nullable Report run(Trial trial, Instant from, Instant to, Progress progress) {
    if (!running.tryAcquire()) {
      throw new ProblemException(
          CommonProblems.UNAVAILABLE,
          "Another simulation is running. Try again when it has ended.",
          List.of(),
          Map.of(),
          TRY_AGAIN);
    }
    try {
      return new Run(trial, from, to).go(progress);
    } finally {
      running.release();
    }
  }

  /** One simulation. */
  private final class Run {
    private final Trial trial;
    private final Instant from;
    private final Instant to;
    private final Decider decider;
    private final Counters counters;
    private final Tally tally = new Tally();

    Run(Trial trial, Instant from, Instant to) {
      this.trial = trial;
      this.from = from;
      this.to = to;
      this.decider = new Decider(trial.kind(), trial.rules());
      this.counters = new Counters(limited(trial));
    }

    @Nullable Report go(Progress progress) {
      Instant start = limitsATotal(trial) ? Instant.EPOCH : from.minus(WINDOWS);
      long of = database.read(tx -> history.count(tx, trial.kind(), start, to));
      long done = 0;
      Instant at = start;
      long position = 0;
      List<Past> batch = next(at, position);
      while (!batch.isEmpty()) {
        for (Past past : batch) {
          Attempt.of(trial.kind(), past).ifPresentOrElse(this::attempt, () -> unreadable(past));
        }
        done += batch.size();
        if (!progress.reached(done, Math.max(done, of))) {
          return null;
        }
        at = batch.getLast().at();
        position = batch.getLast().position();
        batch = next(at, position);
      }
      return tally.report(trial.kind(), from, to, trial.rules(), trial.draft(), trial.kept());
    }

    private List<Past> next(Instant at, long position) {
      return database.read(tx -> history.after(tx, trial.kind(), at, to, position, BATCH));
    }

    private void attempt(Attempt attempt) {
      if (attempt.at().isBefore(from)) {
        counters.count(
            decider.counters(attempt.facts(), attempt.rule()), attempt.at(), attempt.zone());
        return;
      }
      var evaluation = decider.evaluate(attempt.facts());
      var decision = evaluation.decision();
      tally.matched(evaluation.matched());
      if (!decision.allowed()) {
        tally.refusedByRules(attempt.paid());
      } else if (!counters.hasRoom(decision.limits(), attempt.at(), attempt.zone())) {
        tally.refusedByLimits(attempt.paid());
      } else {
        counters.count(decision.counters(), attempt.at(), attempt.zone());
        tally.paid(attempt.paid(), attempt.points(decision.outcome()));
      }
    }

    private void unreadable(Past past) {
      if (!past.at().isBefore(from)) {
        tally.unreadable();
      }
    }
  }

  /** Whether some rule limits a total, which counts from the beginning. */
  private static boolean limitsATotal(Trial trial) {
    return trial.rules().stream()
        .flatMap(rule -> rule.content().limits().stream())
        .anyMatch(limit -> limit.window() == LimitWindow.TOTAL);
  }

  private static Predicate<Counter> limited(Trial trial) {
    Set<String> prefixes = new HashSet<>();
    for (CompiledRule rule : trial.rules()) {
      rule.content()
          .limits()
          .forEach(
              limit -> prefixes.add(trial.kind() + "/" + limit.per() + "/" + limit.window() + "/"));
    }
    return counter -> prefixes.stream().anyMatch(counter.counterKey()::startsWith);
  }
}
